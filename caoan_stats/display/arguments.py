"""Arguments of the functions of `page`: one of the wrong kind is refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import pandas as pd

from caoan_stats.scorecard import SCORECARD_COLUMNS, TREND_COLUMNS

P = ParamSpec("P")
R = TypeVar("R")
NEEDED = {  # by name of the parameter: what it is, and the call that makes it
    "ds": ("a Dataset", "Dataset.open()"),
    "card": ("rows of a scorecard", "ds.scorecard(year, {name})"),
    "frame": ("the trend of an indicator", "ds.trend({name})"),
}
CONTENT = {  # columns and attributes of a frame, by name of the parameter
    "card": (SCORECARD_COLUMNS, ("year",)),
    "frame": (TREND_COLUMNS, ("label", "unit")),
}


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function that raises `TypeError` for an argument of the wrong kind.

    The kind follows from the name of the parameter; the message names the call that makes it.
    """
    code = function.__code__
    names = code.co_varnames[: code.co_argcount]

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        more = (("card", each) for each in args[len(names) :])  # of `*cards`
        for name, given in (*zip(names, args, strict=False), *more, *kwargs.items()):
            if found := _fault(name, given):
                expected, made_by = NEEDED[name]
                is_table = name == "frame" and getattr(given, "attrs", {}).get("table")
                made_by = made_by.format(name="..." if is_table else _name_in(given))
                other = "; page.frame shows any DataFrame" if _is_frame(given) else ""
                raise TypeError(
                    f"page.{function.__name__}: found {found}; expected {expected}: "
                    f"pass {made_by}{other}"
                )
        return function(*args, **kwargs)

    return call


def _fault(parameter: str, given: object) -> str:
    """Return what was passed, and what it lacks, if it is of the wrong kind; else nothing."""
    if parameter == "ds":
        return "" if hasattr(given, "scorecard") else _described(given)
    if parameter not in CONTENT:
        return ""
    if not isinstance(given, pd.DataFrame):
        return _described(given)
    columns, attributes = CONTENT[parameter]
    lacking = [f"the column {name!r}" for name in columns if name not in given]
    lacking += [f".attrs[{name!r}]" for name in attributes if name not in given.attrs]
    return f"{_described(given)} without {lacking[0]}" if lacking else ""


def _described(given: object) -> str:
    if isinstance(given, str):
        return f"the text {given!r}"
    kind = type(given).__name__
    return f"{kind} of {_name_in(given)}" if _name_in(given) != "..." else kind


def _name_in(given: Any) -> str:
    """Return the name of the table or indicator of an argument, in quotation marks."""
    attrs = getattr(given, "attrs", {})
    name = given if isinstance(given, str) else attrs.get("table") or attrs.get("indicator")
    return f'"{name}"' if name else "..."


def _is_frame(given: object) -> bool:
    return isinstance(given, pd.DataFrame)
