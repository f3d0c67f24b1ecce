"""Rows of scorecards and trends for tests that need one in a state of its own."""

from decimal import Decimal
from math import nan

import pandas as pd

from caoan_stats.common.frames import Row
from caoan_stats.scorecard import SCORECARD_COLUMNS, TREND_COLUMNS
from caoan_stats.targets import Target

NUMBERS = (
    "value", "previous", "change", "pct_change", "lower", "upper", "plan_task", "attainment",
    "growth", "pace", "pace_low", "pace_high", "pace_from", "pace_to", "base_year", "plan",
    "pct_of_plan",
)  # fmt: skip
FLAGS = ("derived", "assumed", "previous_assumed")
ROWS = ("other_targets", "revised", "previous_revised", "doubts", "previous_doubts")
SHOWN = ("shown", "previous_shown", "change_shown", "pct_shown", "share_shown", "task_shown")
KNOWN = {
    "indicator": "a",
    "label": "Hộ nghèo",
    "unit": "hộ",
    "scale": "amount",
    "status": "no_target",
}


def make_row(**columns: object) -> Row:
    """Return a row of a scorecard that has nothing but `columns`.

    Of a value, a previous value and a change, the digits to show are those of the number; a value
    of `pct_shown` is its relative change.
    """
    row = dict.fromkeys(SCORECARD_COLUMNS, "")
    row |= dict.fromkeys(NUMBERS, nan) | dict.fromkeys(FLAGS, False)
    row |= dict.fromkeys(ROWS, ()) | dict.fromkeys((*SHOWN, "out_of")) | KNOWN
    row |= {_shown(name): _decimal(columns[name]) for name in _stated(columns)}
    if "pct_of_plan" in columns:
        row["share_shown"] = _decimal(columns["pct_of_plan"])
    row |= dict.fromkeys(("lower_shown", "upper_shown"), nan)
    if "lower" in columns or "upper" in columns:
        row |= {"closed": "both", "of": "value", "status": "no_data"}
        row |= {
            f"{end}_shown": _decimal(columns[end]) for end in ("lower", "upper") if end in columns
        }
    row |= columns | {"pace_low": columns.get("pace", nan), "pace_high": columns.get("pace", nan)}
    target = Target(row["lower"], row["upper"], row["closed"], "")
    row["previous_status"] = target.status(columns.get("previous", nan))
    for which in ("", "previous_"):
        flags = ("assumed", "derived", "revised")
        row[f"{which}doubts"] = tuple(flag for flag in flags if columns.get(f"{which}{flag}"))
    return row | columns


def make_card(*rows: Row, year: int = 2024, **attrs: object) -> pd.DataFrame:
    """Return a scorecard of rows with the codes `a`, `b` and so on."""
    codes = [chr(ord("a") + place) for place in range(len(rows))]
    index = pd.Index(codes, name="indicator")
    card = pd.DataFrame(list(rows), index=index, columns=list(SCORECARD_COLUMNS))
    card.attrs = {"year": year, **attrs}
    return card


def make_trend(first: int, *rows: Row, label: str = "Hộ nghèo", unit: str = "hộ") -> pd.DataFrame:
    """Return a trend of rows of `make_row`, one a year from `first` on."""
    years = pd.RangeIndex(first, first + len(rows), name="year")
    frame = pd.DataFrame(list(rows), index=years, columns=list(TREND_COLUMNS))
    frame.attrs = {"indicator": "a", "label": label, "unit": unit, "scale": "amount"}
    return frame


def conceal(card: pd.DataFrame, code: str, mark: str) -> pd.DataFrame:
    """Return a scorecard in which one figure is not public."""
    names = ["value", "change", "pct_change", "attainment", "pct_of_plan", "shown", "change_shown"]
    hidden = card.astype({"shown": object, "change_shown": object, "pct_shown": object})
    for name in [*names, "pct_shown"]:
        hidden[name] = [
            (None if name in SHOWN else nan) if row == code else cell
            for row, cell in hidden[name].items()
        ]
    hidden.loc[code, ["hidden", "status", "direction"]] = [mark, "hidden", ""]
    hidden.attrs = card.attrs
    return hidden


def _stated(columns: Row) -> list[str]:
    return [name for name in ("value", "previous", "change") if name in columns]


def _shown(name: str) -> str:
    return "shown" if name == "value" else f"{name}_shown"


def _decimal(number: float) -> Decimal:
    return Decimal(f"{number:.12g}")
