"""The public edition of random data, attacked by `helpers.readers` and `helpers.program_reader`."""

from collections.abc import Mapping

import pandas as pd
import pytest
from helpers.histories import History, make, random_history
from helpers.program_reader import attack_with_program
from helpers.readers import attack, attack_older, attack_two_editions, contradictions
from helpers.world import BELOW

from caoan_stats.disclosure import edition


def seeds(few: int, many: int) -> list[object]:
    """Return seeds of random data, most of them only for the long tests."""
    return [*range(few), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(few, many))]


def consistent_history(seed: int) -> History:
    """Return the first random data from a seed on of which all relations can be true together."""
    histories = (random_history(each) for each in range(1000 * seed, 1000 * (seed + 1)))
    return next(each for each in histories if _is_consistent(make(each)))


def _is_consistent(tables: Mapping[str, pd.DataFrame]) -> bool:
    return not contradictions(tables) and "broken" not in set(tables["audit"]["status"])


@pytest.mark.parametrize("seed", seeds(8, 400))
def test_no_small_count_is_worse_off_than_if_all_figures_were_hidden(seed):
    history = random_history(seed)
    assert attack(history) == [], history


@pytest.mark.parametrize("seed", seeds(4, 200))
def test_older_statements_tell_no_small_count(seed):
    history = consistent_history(seed)
    assert attack_older(history) == [], history


@pytest.mark.parametrize("seed", seeds(4, 200))
def test_an_edition_after_another_tells_no_more_than_it_alone(seed):
    history = consistent_history(seed)
    assert attack_two_editions(history) == [], history


@pytest.mark.parametrize("seed", seeds(2, 60))
def test_a_reader_who_runs_the_program_computes_no_small_count(seed):
    history = consistent_history(seed)
    found = attack_with_program(history).findings
    assert [each for each in found if each.is_recovered] == [], history


def hidden(codes: str, *statements: str, relations: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the marks of hidden figures by code."""
    choice = edition.choose_hidden(make(History(codes, statements, relations)), BELOW)
    return {code: mark for (code, _), mark in choice.items()}


def test_a_product_too_large_for_a_number_hides_no_less():
    codes = [f"x{place}" for place in range(60)]
    relation = f"product,=,{' * '.join(codes)}"
    lines = [f"{code} 2023 bc2023 value=18619139193" for code in codes]
    found = hidden(
        " ".join([*codes, "product", "a!", "b", "t"]),
        *lines,
        *("a 2023 bc2023 value=3", "b 2023 bc2023 value=8", "t 2023 bc2023 value=11"),
        relations=(relation, "t,=,a + b"),
    )
    assert found["a"] == "<5"
    assert len(found) == 2


@pytest.mark.parametrize("qualifier", ["over", "estimate", "about"])
def test_a_mark_states_no_more_than_the_source(qualifier):
    marks = hidden("a!", f"a 2023 bc2023 value=4 qualifier={qualifier}")
    assert (marks.get("a") == "<5") == (qualifier != "over")
