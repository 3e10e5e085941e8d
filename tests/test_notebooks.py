"""Is every notebook an essay with one question, an answer that was run, and a caveat?"""

import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from toolkit import figures

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def faults(path):
    """What a reader would miss in a notebook, a line each."""
    notebook = nbformat.read(path, as_version=4)
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    if not re.fullmatch(r"\d\d_[a-z0-9_]+", path.stem):
        yield "its name is not NN_question"
    if not prose or not prose[0].splitlines()[0].rstrip().endswith("?"):
        yield "its title is not a question"
    for part in ("**Data.**", "**Method.**", "**Answer.**"):
        if not prose or part not in prose[0]:
            yield f"its first cell has no {part}"
    if not any(text.startswith("## What could be wrong") for text in prose[-2:]):
        yield "its last section is not 'What could be wrong'"
    if [cell.execution_count for cell in code] != list(range(1, len(code) + 1)):
        yield "it was not run once, top to bottom"
    if sum(bool(re.search(r"^CORPUS = ", cell.source, re.M)) for cell in code[:1]) != 1:
        yield "its setup cell has no CORPUS parameter"
    for cell in code:
        if len(cell.source.splitlines()) > 15:
            yield f"cell {cell.execution_count} is longer than 15 lines"
        if re.search(r"^\s*(def|class) ", cell.source, re.M):
            yield f"cell {cell.execution_count} defines functions; move them to toolkit/"
        if any(output.output_type == "error" for output in cell.outputs):
            yield f"cell {cell.execution_count} ended in an error"
    if re.search(r"[A-Z]:\\\\|/(Users|home|root|work|tmp)/", path.read_text("utf8")):
        yield "it holds an absolute path"
    if path.stat().st_size > 400_000:
        yield "it is larger than 400 kB"


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_essay_has_its_parts(path):
    assert list(faults(path)) == []


def test_a_careless_notebook_is_seen(tmp_path):
    cells = [nbformat.v4.new_markdown_cell("# Some plots"), nbformat.v4.new_code_cell("def f():\n    pass")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "plots.ipynb")
    assert len(list(faults(tmp_path / "plots.ipynb"))) >= 7


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_runs_and_its_figures_come_out_again(path, capsys):
    assert figures.main([path.stem]) == 0, capsys.readouterr().out


def test_every_figure_has_a_caption_that_names_its_denominator():
    index = pd.read_csv(ROOT / "figures" / "index.csv")
    assert index["id"].is_unique
    assert set(index["notebook"]) <= {path.stem for path in NOTEBOOKS}
    named = index["caption"].str.contains(r"10,000 words|of 31|of the 31|documents|log-odds")
    assert named.all(), index.loc[~named, "id"].tolist()
    for name in index["id"]:
        assert (ROOT / "figures" / f"{name}.csv").exists(), f"{name}: its numbers are not committed"
