"""Does the notebook ask each task once, take clicks and keys, and keep every answer?"""

import nbformat
import pandas as pd
import pytest
from nbconvert import HTMLExporter

from toolkit import topics, widgets
from toolkit.figures import _run

TASKS = pd.DataFrame({
    "task": [1, 2, 3], "kind": ["words", "words", "topics"], "topic": [1, 2, 3],
    "text": ["", "", "<b>某段</b>"], "choices": ["平安|小麦", "粮食|治安", "甲 乙|丙 丁"],
    "answer": [2, 2, 1], "tasks": "a1b2",
})  # fmt: skip


def buttons(box):
    return box.children[2].children


def test_clicks_keys_and_passes_are_written_and_not_asked_again(tmp_path):
    path = tmp_path / "answers.csv"
    box = widgets.code(TASKS, coder="读者甲", path=path)
    assert [button.description for button in buttons(box)] == ["1  平安", "2  小麦"]
    buttons(box)[1].click()
    keys = box.children[3]
    keys.value = "9"
    keys.value = "1"
    again = widgets.code(TASKS, coder="读者甲", path=path, lang="en")
    assert "3/3 Which topic has nothing to do" in again.children[0].value
    again.children[3].value = "0"
    assert "All done" in again.children[0].value
    assert again.children[3].disabled
    other = widgets.code(TASKS, coder="读者乙", path=path)
    assert other.children[0].value.startswith("<b>1/3")
    held = pd.read_csv(path)
    assert held.columns.tolist() == widgets.COLUMNS
    assert held["choice"].fillna(0).tolist() == [2, 1, 0]
    found = topics.agreement(held, tasks=TASKS)
    assert found.iloc[0][["kind", "precision"]].tolist() == ["words", 0.5]


def test_a_file_of_other_tasks_is_refused(tmp_path):
    path = tmp_path / "answers.csv"
    buttons(widgets.code(TASKS, coder="甲", path=path))[0].click()
    with pytest.raises(ValueError, match=r"answers to other tasks .a1b2.; give another path"):
        widgets.code(TASKS.assign(tasks="ffff"), coder="甲", path=path)
    with pytest.raises(ValueError, match="coder is empty"):
        widgets.code(TASKS, coder=" ", path=path)
    with pytest.raises(ValueError, match="tasks is empty; make some"):
        widgets.code(TASKS.head(0), coder="甲", path=path)
    with pytest.raises(ValueError, match=r"kind='word' is unknown.*Did you mean 'words'"):
        widgets.form(TASKS.assign(kind="word"))
    assert widgets.code(TASKS, coder=3, path=path).children[0].value.startswith("<b>1/3")
    with pytest.raises(ValueError, match="lang='fr' is unknown"):
        widgets.code(TASKS, coder="甲", path=path, lang="fr")


@pytest.mark.parametrize("held", ["读者甲".encode("gbk"), b""])
def test_a_file_that_is_no_csv_is_said_so(tmp_path, held):
    path = tmp_path / "answers.csv"
    path.write_bytes(held)
    with pytest.raises(ValueError, match=r"answers.csv is no CSV in UTF-8 .*save it as one"):
        widgets.code(TASKS, coder="甲", path=path)
    for wrong in (tmp_path, None):
        with pytest.raises(ValueError, match="is no file; give that of a CSV"):
            widgets.code(TASKS, coder="甲", path=wrong)


def test_texts_are_shown_as_text_and_answers_are_not_shown(tmp_path):
    page = widgets.form(TASKS)
    assert "&lt;b&gt;某段" in page
    assert "answer" not in page
    assert page == widgets.form(TASKS.assign(answer=1))
    box = widgets.code(TASKS[2:], coder="甲", path=tmp_path / "a.csv")
    assert "&lt;b&gt;某段" in box.children[1].value


def test_the_static_form_stays_in_the_executed_notebook(tmp_path):
    code = (
        "import pandas as pd\nfrom toolkit import widgets\n"
        "tasks = pd.DataFrame({'task': [1], 'kind': 'words', 'text': '', 'choices': '平安|小麦',"
        " 'answer': 2, 'tasks': 'a'})\nwidgets.code(tasks, coder='甲', path='answers.csv')"
    )
    path = tmp_path / "tasks.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)]), path)
    assert not _run._run(path, folder=tmp_path, write=True)
    book = nbformat.read(path, as_version=4)  # without the state of the widgets, as notebooks are kept
    shown = [output["data"] for output in book.cells[0].outputs if "data" in output]
    assert any("<li>小麦</li>" in "".join(data.get("text/html", "")) for data in shown)
    views = [data[_run.WIDGET]["model_id"] for data in shown if _run.WIDGET in data]
    assert views == ["0"]  # the same at every run
    page, _ = HTMLExporter().from_notebook_node(book)
    assert "<li>小麦</li>" in page


def test_an_answer_that_cannot_be_written_is_asked_again(tmp_path, monkeypatch):
    path = tmp_path / "answers.csv"
    with pytest.raises(FileNotFoundError, match="the folder of path"):
        widgets.code(TASKS, coder="甲", path=tmp_path / "none" / "answers.csv")
    box = widgets.code(TASKS, coder="甲", path=path, lang="en")
    path.mkdir()  # to write there fails, as where the file is open elsewhere
    buttons(box)[0].click()
    assert "was not written" in box.children[0].value
    assert [button.description for button in buttons(box)] == ["1  平安", "2  小麦"]
    path.rmdir()
    buttons(box)[1].click()
    assert pd.read_csv(path)[["task", "choice"]].to_numpy().tolist() == [[1, 2]]
    assert "2/3" in box.children[0].value


def test_tasks_of_two_kinds_are_told_apart(tmp_path):
    path = tmp_path / "answers.csv"
    both = pd.concat([TASKS[:2], TASKS[:2].assign(kind="word sets", tasks="c3d4", answer=1)])
    for _ in range(4):  # a new start each time
        buttons(widgets.code(both, coder="NA", path=path))[1].click()
    held = pd.read_csv(path, keep_default_na=False)
    assert held[["tasks", "task", "coder"]].to_numpy().tolist() == [
        ["a1b2", 1, "NA"], ["a1b2", 2, "NA"], ["c3d4", 1, "NA"], ["c3d4", 2, "NA"]]  # fmt: skip
    found = topics.agreement(held, tasks=both)
    assert found[found["topic"].isna()][["kind", "precision", "tasks"]].to_numpy().tolist() == [
        ["words", 1.0, 2], ["word sets", 0.0, 2]]  # fmt: skip
    as_text = pd.read_csv(path, dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(topics.agreement(as_text, tasks=both), found)
    with pytest.raises(ValueError, match="several tasks of one task; give answers a column tasks"):
        topics.agreement(held.drop(columns="tasks"), tasks=both)
    with pytest.raises(ValueError, match="rows without a task or a coder"):
        topics.agreement(pd.read_csv(path), tasks=both)
