"""A fuzzer for relations: whatever their text is, it does nothing but arithmetic.

`python tests/helpers/fuzz_formulas.py -runs=200000` tries as many, on Linux; what libFuzzer takes
besides, a folder of examples among it, can follow.
"""

import ast
import sys
from contextlib import suppress
from fractions import Fraction
from itertools import cycle
from math import inf

from caoan_stats.relations import formulas
from caoan_stats.relations.intervals import Interval

KINDS = {
    *(ast.BinOp, ast.UnaryOp, ast.Name, ast.Attribute, ast.Constant, ast.Load),
    *(ast.Add, ast.Sub, ast.Mult, ast.Div, ast.USub),
}
FIGURES = (
    Interval(Fraction(2**89 - 1, 2 * 10**9), Fraction(2**89 + 1, 2 * 10**9)),
    Interval(Fraction(-1, 3), Fraction(1, 3)),
    Interval(Fraction(80), inf),
    Interval(-inf, Fraction(-1, 10**9)),
)
watch: dict[str, list[str] | None] = {"events": None}


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the name that fuzzers know
    """Parse and evaluate a text; raise where anything but that was done."""
    text = data.decode("utf-8", "surrogateescape")
    watch["events"] = events = []
    try:
        _try(text)
    finally:
        watch["events"] = None
    if events not in ([], ["compile"]):  # the latter is what makes a tree of a text
        raise AssertionError(f"{text!r} has done {events}")


def _try(text: str) -> None:
    try:
        formula = formulas.parse(text)
    except formulas.FormulaError:
        return
    if not {type(node) for node in ast.walk(formula.tree)} <= KINDS:
        raise AssertionError(f"{text!r} is {ast.dump(formula.tree)}")
    with suppress(ZeroDivisionError, OverflowError):
        formula.evaluate(dict(zip(formula.names, cycle(FIGURES), strict=False)))


def _listen(event: str, _: object) -> None:
    """Note what the interpreter is asked for: to compile, execute, import, open, connect, …"""
    if watch["events"] is not None:
        watch["events"].append(event)


def main() -> None:
    """Try texts until one fails, or as many as the command line says."""
    import atheris  # there is none but for Linux

    for name in ("parse", "code", "_names", "_over", "_written"):
        setattr(formulas, name, atheris.instrument_func(getattr(formulas, name)))
    sys.addaudithook(_listen)
    atheris.Setup(sys.argv, TestOneInput)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
