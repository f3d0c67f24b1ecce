"""Strategies of hypothesis that several test files share."""

from decimal import Decimal

from hypothesis import strategies as st

from caoan_stats.common import numerals

SIGNS = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffd\u2028\u2029"
) | st.sampled_from(['"', ",", ";", "'", " ", "ế", "Đ", "ơ\u0303", "\u200b", "=", "\n"])


def numbers(decimals: int) -> st.SearchStrategy[Decimal]:
    digits = st.integers(1 - 10**numerals.DIGIT_LIMIT, 10**numerals.DIGIT_LIMIT - 1)
    return st.tuples(digits, st.integers(0, decimals)).map(
        lambda pair: Decimal(pair[0]).scaleb(-pair[1])
    )
