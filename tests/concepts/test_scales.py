import pytest

from caoan_stats.concepts.scales import scale_of


@pytest.mark.parametrize(
    ("unit", "declared", "scale"),
    [("rank", "", "rank"), ("percent", "", "rate"), ("ha", "", "amount"), ("stars", "rate", "rate"),
     ("", "", "words")],
)  # fmt: skip
def test_a_unit_has_its_declared_scale_or_else_its_usual_one(unit, declared, scale):
    assert scale_of(unit, declared) == scale
