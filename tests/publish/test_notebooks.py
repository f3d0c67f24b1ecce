import json
import unicodedata

from helpers.project import plan_of

from caoan_stats.publish.plan import Plan


def names(planned: Plan) -> list[str]:
    return [job.name for job in planned.requested]


def test_notebooks_are_in_the_order_of_their_metadata(project, add_notebook):
    path = add_notebook("two", "1")
    add_notebook("one", "1")
    content = json.loads(path.read_bytes())
    content["metadata"]["caoan_stats"] = {"order": 1}
    path.write_text(json.dumps(content))
    assert names(plan_of(project / "data", project / "out", [2023])) == ["2023/two", "2023/one"]


def test_a_hidden_file_of_an_editor_is_not_a_notebook(project, add_notebook):
    path = add_notebook("one", "1")
    (path.parent / ".#one.ipynb").symlink_to("nowhere")
    assert names(plan_of(project / "data", project / "out", [2023])) == ["2023/one"]


def test_a_file_name_in_decomposed_unicode_is_the_same_name(project, add_notebook):
    path = add_notebook(unicodedata.normalize("NFD", "lúa"), "1")
    assert path.stem != "lúa"
    for name in ("lúa", path.stem):
        assert names(plan_of(project / "data", project / "out", [2023], [name])) == ["2023/lúa"]
