import ast
import re
import shutil
import subprocess
import sys
from string import Formatter

import pytest
from helpers.project import PROJECT

from caoan_stats.common import words
from caoan_stats.common.words import Phrase, catalogue, languages, phrase, worded

CODE = sorted(PROJECT.glob("caoan_stats/**/*.py"))
TEMPLATES = sorted(PROJECT.glob("caoan_stats/**/*.j2"))
VIETNAMESE = re.compile(
    "[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.I
)
GRAMMAR = {  # files whose Vietnamese is read or matched, or is the help of the command
    "command/cli.py", "common/numerals.py", "common/spelling.py", "disclosure/suppression.py",
    "display/tables.py", "forms/bounds.py", "forms/quantities.py", "publish/export.py",
}  # fmt: skip


def flat(tree: dict, prefix: str = "") -> dict[str, str]:
    """The texts of a language file by their whole key."""
    texts = {}
    for name, value in tree.items():
        key = f"{prefix}{name}"
        texts |= flat(value, f"{key}.") if isinstance(value, dict) else {key: value}
    return texts


def placeholders(text: str) -> set[str]:
    return {name.partition("[")[0] for _, name, _, _ in Formatter().parse(text) if name}


def texts_of(node: ast.expr) -> set[str]:
    """The texts that an expression can be, with `*` for what is computed."""
    match node:
        case ast.Constant():
            return {node.value}
        case ast.IfExp():
            return texts_of(node.body) | texts_of(node.orelse)
        case ast.JoinedStr():
            return {
                "".join(
                    getattr(part, "value", "*") if isinstance(part, ast.Constant) else "*"
                    for part in node.values
                )
            }
    return set()


def keys_of(function: str) -> set[str]:
    """The first text argument of each call; a key that is put together has `*` for its parts."""
    found = set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == function:
                found |= texts_of(node.args[0])
    for path in TEMPLATES:
        calls = re.findall(r"phrase\(([^)]*)\)", path.read_text(encoding="utf-8"))
        keys = {key for call in calls for key in re.findall(r"""["'](\w+[.]\w*)["']""", call)}
        found |= {f"{key}*" if key.endswith(".") else key for key in keys}
    return found


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_keys_and_placeholders(language):
    first, other = (flat(catalogue(each)) for each in (languages()[0], language))
    assert other.keys() == first.keys()
    assert {key: placeholders(text) for key, text in other.items()} == {
        key: placeholders(text) for key, text in first.items()
    }


def test_every_phrase_of_a_page_is_in_the_catalogue_and_every_entry_is_used():
    called = keys_of("phrase")
    patterns = [re.compile(re.escape(key).replace(r"\*", r"\w*")) for key in called]
    known = set(flat(catalogue(words.PAGES)))
    computed = {key for key in known if any(each.fullmatch(key) for each in patterns)}
    assert {key for key in called if "*" not in key} <= known
    assert known - computed == set()


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.stem)
def test_vietnamese_words_stand_in_language_files_and_concept_tables(path):
    name = path.relative_to(PROJECT / "caoan_stats").as_posix()
    tree = ast.parse(path.read_bytes())
    texts = {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, documented)]
    firsts = [body[0].value for body in bodies if isinstance(body[0], ast.Expr)]
    docstrings = {each.value for each in firsts if isinstance(each, ast.Constant)}
    written = [text for text in texts - docstrings if VIETNAMESE.search(text)]
    assert written == [] or name in GRAMMAR or name.startswith(("concepts/", "reading/"))


def test_a_phrase_is_filled():
    assert phrase("date.month", date="12/2023") == "tháng 12/2023"


def test_advice_in_an_error_is_worded_in_the_language_of_the_reader():
    advice = (Phrase("rename_columns", {"columns": ("a → b", "c → d")}), Phrase("order_columns"))
    assert worded(advice, "vi", "; ") == "sửa a → b, c → d; xếp lại các cột"
    assert worded(advice, "en", "; ") == "rename a → b, c → d; put them in order"


def test_a_text_that_the_data_has_not_in_a_language_is_vietnamese():
    assert [worded({"vi": "con", "en": "head"}, language) for language in ("en", "sv")] == [
        "head",
        "con",
    ]


def test_another_language_of_the_command_is_one_more_file(tmp_path, data):
    package = shutil.copytree(PROJECT / "caoan_stats", tmp_path / "caoan_stats")
    english = (package / "common/languages/en.toml").read_text(encoding="utf-8")
    swedish = english.replace("The data is valid: {files} files", "Data är giltiga: {files} filer")
    (package / "common/languages/sv.toml").write_text(swedish, encoding="utf-8")
    command = [sys.executable, "-m", "caoan_stats", "check", "--lang", "sv", "--data", str(data)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Data är giltiga: 27 filer, ")
