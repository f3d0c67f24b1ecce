"""The fuzzer of relations finds no fault, and finds planted ones."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(sys.platform != "linux", reason="atheris is for Linux"),
]

EXAMPLES = [
    *("100 * a / (b + c.lower)", "a - -0.5", "(a - a) / (b * 0)", "-(-(a))", "a.upper <= b"),
    *("a.lower.upper", "a.__class__", "(a).lower", "a.real", "_a", "a if b else c", "lambda: a"),
    *("(a := b)", "[a for a in b]", "{a}", "'a'", 'f"{a}"', "...", "a ** 9", "a // b", "a % b"),
    *("open(a)", "__import__('os').system('a')", "exec(a)", "a()()", "a; b", "a\nb", "a\tb", "a#b"),
    *(
        "\\\n",
        "\0",
        "a + 1e3",
        "1j",
        "0x1f",
        "1_000",
        "١",
        "ａ",
        "9" * 40,
        "(" * 40,
        "-" * 40 + "a",
    ),
]
RUNS = 150_000


@pytest.fixture
def fuzz(tmp_path):
    """Run the fuzzer on the examples, after a line of Python that plants a fault."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, text in enumerate(EXAMPLES):
        (corpus / str(number)).write_text(text, encoding="utf-8")

    def run(runs: int, spoil: str = "") -> subprocess.CompletedProcess[str]:
        code = f"import ast, os, fuzz_formulas as it\nformulas = it.formulas\n{spoil}\nit.main()"
        options = (f"-runs={runs}", "-seed=1", "-max_len=300", f"-artifact_prefix={tmp_path}/")
        return subprocess.run(
            [sys.executable, "-c", code, *options, corpus],
            env={**os.environ, "PYTHONPATH": _path()},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def _path() -> str:
    """Return PYTHONPATH with the folder of the helpers first."""
    known = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return os.pathsep.join([str(Path(__file__).parents[1] / "helpers"), *filter(None, known)])


def test_no_text_of_a_relation_does_anything_but_arithmetic(fuzz):
    done = fuzz(RUNS)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Done {RUNS} runs" in done.stderr


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        ("formulas._compute = lambda tree, *_: eval(ast.unparse(tree))", "NameError"),
        (
            "formulas._compute = lambda *_: eval('it.FIGURES[0]')",
            "has done ['compile', 'compile', 'exec']",
        ),
        ("formulas._start = open; formulas.LENGTH_LIMIT = 9", "FileNotFoundError"),
        (
            "formulas._without_prefixes = lambda text: len(os.listdir()) * text",
            "has done ['compile', 'os.listdir",
        ),
        ("formulas._OPERATIONS[ast.Pow] = formulas.operator.pow", " is BinOp("),
        ("formulas.SyntaxError = KeyError", "SyntaxError"),
    ],
)
def test_the_fuzzer_finds_a_planted_fault(fuzz, spoil, found):
    done = fuzz(RUNS, spoil)
    assert done.returncode != 0
    assert found in done.stdout + done.stderr
