"""A fuzzer for relations: no text does anything but arithmetic.

`python tests/helpers/fuzz_formulas.py -runs=200000` tries 200,000 texts (Linux only). Other options
of libFuzzer, such as a folder of examples, can follow.
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


def TestOneInput(data: bytes) -> None:  # noqa: N802 - the name that fuzzers use
    """Parse and evaluate a text; raise AssertionError if the interpreter did anything else."""
    text = data.decode("utf-8", "surrogateescape")
    watch["events"] = events = []
    try:
        _try(text)
    finally:
        watch["events"] = None
    if events not in ([], ["compile"]):  # `ast.parse` compiles
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
    """Record an audit event of the interpreter: compile, exec, import, open, …"""
    if watch["events"] is not None:
        watch["events"].append(event)


def main() -> None:
    """Try texts until one fails, or as many as the command line requests."""
    import atheris  # available for Linux only

    for name in ("parse", "indicator_of", "_names", "_compute", "_without_prefixes"):
        setattr(formulas, name, atheris.instrument_func(getattr(formulas, name)))
    sys.addaudithook(_listen)
    atheris.Setup(sys.argv, TestOneInput)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
