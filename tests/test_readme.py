"""Does the first page tell the truth: the story runs, the words of the Makefile and the notebooks exist?"""

import re
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]


def story(page):
    """The lines of the one Python block."""
    blocks = re.findall(r"```python\n(.*?)```", page.read_text("utf8"), re.S)
    assert len(blocks) == 1, "one story"
    return blocks[0]


def code_only(block):
    return [line.split("#")[0].rstrip() for line in block.splitlines() if line.split("#")[0].strip()]


def test_the_story_has_at_most_twelve_lines_and_runs(monkeypatch, tmp_path):
    block = story(PAGES[0])
    assert len(code_only(block)) <= 12
    monkeypatch.chdir(tmp_path)
    told = {}
    exec(compile(block, "README.md", "exec"), told)
    assert len(told["docs"]) >= 50
    assert {"low", "high"} <= set(told["rates"].columns)
    assert plt.get_fignums()


def test_both_languages_tell_the_same_story():
    assert code_only(story(PAGES[0])) == code_only(story(PAGES[1]))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_the_page_names_exists(page):
    text = page.read_text("utf8")
    makefile = (ROOT / "Makefile").read_text("utf8")
    for word in re.findall(r"`make (\w+)`|^make (\w+)", text, re.M):
        assert re.search(rf"^{''.join(word)}:", makefile, re.M), word
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / link).exists(), link
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert f"notebooks/{path.name}" in text, f"{path.name} is not in the list of notebooks"
