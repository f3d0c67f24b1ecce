import pytest


@pytest.mark.parametrize("words", ["nang suat", "NĂNG SUẤT", "năng lúa suất", "yield rice"])
def test_indicators_are_found_by_words_of_label_or_code(shipped, words):
    found = shipped.find(words)
    assert list(found.index[found["has_figures"]]) == ["rice_yield", "rice_yield_per_crop"]


def test_an_indicator_without_figures_is_found_too(shipped):
    assert shipped.find("lao động qua đào tạo")["has_figures"].to_dict() == {
        "trained_labour_rate": False
    }


def test_a_word_with_accents_finds_only_words_with_them(shipped):
    assert "lower_secondary_lawbreakers" in shipped.find("lua").index  # pháp luật
    assert "lower_secondary_lawbreakers" not in shipped.find("lúa").index


def test_nothing_is_found_for_unknown_words(shipped):
    assert shipped.find("tàu ngầm").empty


@pytest.mark.parametrize("name", ["rice_production", "Sản lượng lúa", "san luong lua"])
def test_an_indicator_is_known_by_code_or_label(shipped, name):
    assert shipped.trend(name).attrs["indicator"] == "rice_production"


def test_an_unknown_name_is_refused_with_at_most_five_indicators(shipped):
    with pytest.raises(KeyError) as caught:
        shipped.trend("rice")
    message = caught.value.args[0]
    assert message.startswith("no indicator 'rice'; did you mean one of: rice_sown_area (Diện tích")
    assert message.count(" (") == 5


def test_a_name_like_no_other_is_refused_with_a_way_to_search(shipped):
    with pytest.raises(KeyError, match=r"no indicator 'xyzzy'; see find\(\)"):
        shipped.trend("xyzzy")


@pytest.mark.parametrize("words", ["hộ, nghèo", "5 trong 1", "(5 trong 1)"])
def test_punctuation_is_not_searched_for(shipped, words):
    assert len(shipped.find(words)) > 0
