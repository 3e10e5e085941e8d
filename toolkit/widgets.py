"""What do readers see in the topics? Tasks asked inside a notebook."""

from __future__ import annotations

import html
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from toolkit import _check

COLUMNS = ["tasks", "task", "coder", "choice", "time"]
SAYS = {
    "zh": {
        "words": "哪个词不属于同一主题？",
        "topics": "哪个主题与这段文字无关？",
        "word sets": "哪一组词不属于同一主题？",
        "how": "点击选项，或键入数字后按回车；0 表示跳过。",
        "done": "全部完成，谢谢。答案保存在 ",
        "lost": "答案没有写入，请再选一次：",
        "form": "静态表：没有交互界面时，把编号填入 CSV 的 choice 列",
    },
    "en": {
        "words": "Which word does not belong?",
        "topics": "Which topic has nothing to do with this text?",
        "word sets": "Which set of words does not belong?",
        "how": "Click a choice, or type its number and press Enter; 0 passes.",
        "done": "All done, thank you. The answers are in ",
        "lost": "The answer was not written, please choose again: ",
        "form": "Static form: without widgets, write the numbers into the column choice of the CSV",
    },
}


def form(tasks: pd.DataFrame, *, lang: str = "zh") -> str:
    """The tasks as plain HTML that any notebook and its export shows; the answers are not in it.

    Parameters
    ----------
    tasks
        What `topics.intrusion` made.
    lang
        ``"zh"`` or ``"en"``.

    Examples
    --------
    >>> tasks = pd.DataFrame({"task": [1], "kind": "words", "text": "", "choices": "平安|小麦"})
    >>> "<li>小麦</li>" in form(tasks)
    True
    """
    says = _says(tasks, lang)
    parts = []
    for one in tasks.itertuples():
        choices = "".join(f"<li>{html.escape(choice)}</li>" for choice in one.choices.split("|"))
        text = f"<blockquote>{html.escape(one.text)}</blockquote>" if one.text else ""
        parts.append(f"<p><b>{one.task}.</b> {says[one.kind]}</p>{text}<ol>{choices}</ol>")
    return f"<details><summary>{says['form']} ({len(tasks)})</summary>{''.join(parts)}</details>"


def code(tasks: pd.DataFrame, *, coder: str, path: str | Path, lang: str = "zh") -> Any:
    """Ask the tasks in the notebook, and write each answer to a CSV as it is given.

    Parameters
    ----------
    tasks
        What `topics.intrusion` made; frames of several kinds may be put together.
    coder
        Who answers; several coders may write to one file, one after the other.
    path
        The CSV: ``tasks``, ``task``, ``coder``, ``choice`` (from 1; empty where passed), ``time`` (UTC).
        What this coder has answered there is not asked again, so that one can stop and go on. A choice that
        cannot be written (the file is open elsewhere) is said so and asked again.
    lang
        ``"zh"`` or ``"en"``.

    Returns
    -------
    ipywidgets.VBox
        The question, its choices as buttons, a field for the keyboard. In a notebook `form` is shown too,
        as an output of its own, so that a front end without widgets, and an export, show the tasks.

    Raises
    ------
    FileNotFoundError, KeyError, ValueError
        If there is no such folder, tasks lack a column, or the file is no CSV in UTF-8 or holds answers to
        other tasks.

    Examples
    --------
    >>> import tempfile
    >>> tasks = pd.DataFrame(
    ...     {"task": [1], "kind": "words", "text": "", "choices": "平安|小麦", "answer": 2, "tasks": "a1"})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     box = code(tasks, coder="读者甲", path=Path(folder, "answers.csv"))
    ...     box.children[2].children[1].click()
    ...     pd.read_csv(Path(folder, "answers.csv"))["choice"].tolist()
    [2]
    """
    import ipywidgets
    from IPython import display, get_ipython

    says, coder = _says(tasks, lang, "answer", "tasks"), str(coder).strip()
    _check.not_empty(coder, "coder", "give a name or a number")
    if not isinstance(path, str | os.PathLike) or Path(path).is_dir():
        raise ValueError(f"path={str(path)!r} is no file; give that of a CSV, which is made if need be.")
    path = Path(path)
    _check.path(path.parent, "the folder of path")
    told = _answered(tasks, coder, path)
    waiting = [one for one in tasks.to_dict("records") if (str(one["tasks"]), str(one["task"])) not in told]
    head, text, keys = ipywidgets.HTML(), ipywidgets.HTML(), ipywidgets.Text(continuous_update=False)
    buttons = ipywidgets.VBox()
    keys.description, keys.layout.width = "0–9", "12em"

    def show() -> None:
        keys.disabled = not waiting
        if not waiting:
            head.value, text.value, buttons.children = f"{says['done']}{html.escape(path.name)}", "", ()
            return
        one = waiting[0]
        head.value = f"<b>{len(tasks) - len(waiting) + 1}/{len(tasks)} {says[one['kind']]}</b> {says['how']}"
        text.value = f"<blockquote>{html.escape(one['text'])}</blockquote>" if one["text"] else ""
        made = []
        for number, choice in enumerate(one["choices"].split("|"), 1):
            button = ipywidgets.Button(description=f"{number}  {choice}", layout={"width": "auto"})
            button.on_click(lambda _, number=number: take(number))
            made.append(button)
        buttons.children = tuple(made)

    def take(number: int) -> None:
        one = waiting[0]
        now, new = datetime.now(UTC).isoformat(timespec="seconds"), not path.exists()
        row = [one["tasks"], one["task"], coder, number or None, now]
        try:
            pd.DataFrame([row], columns=COLUMNS).to_csv(path, mode="a", header=new, index=False)
        except OSError as error:
            head.value = f"<b>{says['lost']}</b>{html.escape(str(error))}"
            return
        waiting.pop(0)
        show()

    def typed(change: dict) -> None:
        given = change["new"].strip()
        if waiting and given.isdigit() and int(given) <= len(buttons.children):
            take(int(given))
        keys.value = ""

    keys.observe(typed, names="value")
    show()
    if get_ipython() is not None:
        display.display(display.HTML(form(tasks, lang=lang)))  # an output of its own: exports keep it
    return ipywidgets.VBox([head, text, buttons, keys])


def _says(tasks: pd.DataFrame, lang: str, *more: str) -> dict[str, str]:
    """What is said in this language; tasks that cannot be asked are refused."""
    says = SAYS[_check.one_of(lang, SAYS, "lang")]
    _check.columns(tasks, "task", "kind", "text", "choices", *more, what="tasks")
    _check.not_empty(tasks, "tasks", "make some with topics.intrusion")
    for kind in tasks["kind"].unique():
        _check.one_of(kind, ("words", "topics", "word sets"), "kind")
    return says


def _answered(tasks: pd.DataFrame, coder: str, path: Path) -> set[tuple[str, str]]:
    """The hash and number of the tasks that this coder has answered; a file of other tasks is refused."""
    if not path.exists():
        return set()
    try:
        held = pd.read_csv(path, dtype=str, keep_default_na=False)
    except ValueError as error:  # saved by a spreadsheet as GBK, or emptied
        raise ValueError(f"{path.name} is no CSV in UTF-8 ({error}); save it as one.") from error
    _check.columns(held, *COLUMNS, what=f"the file {path.name}")
    strange = set(held["tasks"]) - set(tasks["tasks"].astype(str))
    if strange:
        raise ValueError(
            f"{path.name} holds answers to other tasks ({', '.join(sorted(strange))}); give another path."
        )
    own = held[held["coder"].eq(coder)]
    return set(zip(own["tasks"], own["task"], strict=True))
