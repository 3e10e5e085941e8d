"""Are figures the same bytes on every run, and does the runner see what moved, is missing, or failed?"""

import os
import subprocess
import sys
from io import BytesIO

import matplotlib as mpl
import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pypdf
import pytest
from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from toolkit import figures, plot, style
from toolkit.figures._run import _moved
from toolkit.figures._save import _outlines

RATES = pd.DataFrame(
    {"province": ["11", "33"], "year": [2025, 2026], "rate": [1 / 3, 2e-7], "term": ["平安", "法治"]}
)
HEAD = """
import pandas as pd, matplotlib.pyplot as plt
from toolkit import figures
"""
SAVES = (
    HEAD
    + """
rates = pd.DataFrame({{"province": ["11", "33", "61"], "year": 2026, "n": [3, 4, 5]}})
rates["rate"] = [1.5, {rate}, 2.5]
fig, ax = plt.subplots()
ax.plot(rates["rate"])
figures.save(ax, figure_id="{figure}", frame=rates)
"""
)


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """A project with a list of figures and a folder for notebooks."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "figures" / "index.csv").write_text(
        "id,notebook,caption,paper\nfig-a,10_a,A,1\nfig-b,20_b,B,\nfig-c,30_c,C,\n", "utf8"
    )
    monkeypatch.setenv("TOOLKIT_FIGURES", str(tmp_path / "figures"))
    yield tmp_path
    plt.close("all")


def notebook(project, name, *cells):
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# Is it so?"), *map(nbformat.v4.new_code_cell, cells)]
    )
    path = project / "notebooks" / f"{name}.ipynb"
    nbformat.write(book, path)
    return path


def drawn():
    _, ax = plt.subplots()
    ax.plot([1, 2], label="平安")
    return ax


def test_save_writes_the_numbers_and_two_pictures(project):
    ax = drawn()
    before = RATES.copy()
    assert figures.save(ax, figure_id="fig-a", frame=RATES) is None
    pd.testing.assert_frame_equal(RATES, before)
    assert sorted(file.name for file in (project / "figures").iterdir()) == [
        "fig-a.csv", "fig-a.pdf", "fig-a.png", "index.csv"
    ]  # fmt: skip
    text = (project / "figures" / "fig-a.csv").read_bytes().decode("utf8")
    assert text == "province,year,rate,term\n11,2025,0.333333,平安\n33,2026,2e-07,法治\n"


@pytest.mark.parametrize("shape", [lambda ax: ax, lambda ax: ax.figure, lambda ax: {"33": ax}])
def test_axes_figure_and_dict_of_axes_give_the_same_files(project, shape):
    figures.save(drawn(), figure_id="fig-a", frame=RATES)
    first = (project / "figures" / "fig-a.png").read_bytes()
    figures.save(shape(drawn()), figure_id="fig-a", frame=RATES)
    assert (project / "figures" / "fig-a.png").read_bytes() == first


def test_the_same_bytes_in_another_process_with_another_hash_seed(project):
    script = (
        "import matplotlib; matplotlib.use('agg')\n"
        "import pandas as pd\nfrom toolkit import figures, plot, style\nstyle.use('zh')\n"
        "rates = pd.DataFrame({'province': ['33', '61'] * 2, 'year': [2025, 2025, 2026, 2026]})\n"
        "rates['rate'] = [1.0, 2, 3, 4]\n"
        "heat = plot.heat(rates.iloc[1:], row='province', column='year', value='rate')\n"
        "figures.save(heat, figure_id='fig-b', frame=rates)\n"
        "figures.save(plot.grid(rates), figure_id='fig-a', frame=rates)\n"
    )
    seen = []
    for seed in ("0", "4711"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": seed}
        subprocess.run([sys.executable, "-c", script], check=True, env=environment)
        files = sorted((project / "figures").glob("fig-*.*"))
        assert len(files) == 6
        seen.append({file.name: file.read_bytes() for file in files})
    assert [name for name in seen[0] if seen[0][name] != seen[1][name]] == []


@pytest.mark.filterwarnings("error")
def test_the_pdf_holds_its_text_and_true_type_glyphs(project):
    with mpl.rc_context():
        style.use("zh")
        ax = plot.trend(pd.DataFrame({"year": [2025, 2026], "rate": [1.0, 2.0]}))
        ax.set_title("新质生产力 −3 → 镕")
        figures.save(ax, figure_id="fig-a", frame=RATES)
    file = project / "figures" / "fig-a.pdf"
    assert file.stat().st_size < 40_000  # the whole font has 8 million
    reader = pypdf.PdfReader(file)
    text = reader.pages[0].extract_text()
    assert "新质生产力 −3 → 镕" in text
    assert "每万词" in text
    assert not {"/CreationDate", "/ModDate", "/Producer"} & set(reader.metadata or {})
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        (part,) = font["/DescendantFonts"]
        assert part.get_object()["/Subtype"] == "/CIDFontType2"
        assert "+NotoSansSC" in font["/BaseFont"]
        data = part.get_object()["/FontDescriptor"]["/FontFile2"].get_object().get_data()
        turned = TTFont(BytesIO(data))
        assert turned.sfntVersion == "\0\1\0\0"
        assert "CFF " not in turned
        assert all(turned["glyf"][name].numberOfContours >= 0 for name in turned.getGlyphOrder())


def test_turned_outlines_are_the_same_glyphs():
    """The box and the width of each glyph are the font's own, to a thousandth of the size."""
    subsetter = subset.Subsetter()
    font = TTFont(style.font())
    subsetter.populate(text="新质生产力，2026 abc")
    subsetter.subset(font)
    before = BytesIO()
    font.save(before)
    after = TTFont(BytesIO(_outlines(before.getvalue())))
    assert len(after.getGlyphOrder()) == len(font.getGlyphOrder())
    for names in zip(font.getGlyphOrder(), after.getGlyphOrder(), strict=True):
        boxes = []
        for name, glyphs in zip(names, (font.getGlyphSet(), after.getGlyphSet()), strict=True):
            pen = BoundsPen(glyphs)
            glyphs[name].draw(pen)
            boxes.append((*(pen.bounds or (0, 0, 0, 0)), glyphs[name].width))
        assert boxes[1] == pytest.approx(boxes[0], abs=1)


def test_what_cannot_be_saved_is_refused_and_nothing_is_left(project):
    with pytest.raises(ValueError, match=r"fig-x.*is unknown; choose one of: fig-a, fig-b, fig-c"):
        figures.save(drawn(), figure_id="fig-x", frame=RATES)
    with pytest.raises(TypeError, match="drawn must be an Axes, a dict of Axes or a Figure, not dict"):
        figures.save({}, figure_id="fig-a", frame=RATES)
    with pytest.raises(TypeError, match="frame must be a pandas DataFrame, not list"):
        figures.save(drawn(), figure_id="fig-a", frame=[1])
    with pytest.raises(ValueError, match="frame is empty"):
        figures.save(drawn(), figure_id="fig-a", frame=RATES.head(0))
    assert [file.name for file in (project / "figures").iterdir()] == ["index.csv"]


def test_a_broken_write_leaves_the_old_file(project, monkeypatch):
    figures.save(drawn(), figure_id="fig-a", frame=RATES)
    old = (project / "figures" / "fig-a.pdf").read_bytes()
    ax = drawn()
    monkeypatch.setattr(ax.figure, "savefig", lambda file, **_: file.write(b"half") and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        figures.save(ax, figure_id="fig-a", frame=RATES)
    assert (project / "figures" / "fig-a.pdf").read_bytes() == old
    assert not list((project / "figures").glob(".*"))


OLD = "term,year,n,rate\n平安,2025,3,1.5\n平安,2026,4,\n法治,2026,5,0.25\n"


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (OLD, []),
        (OLD.replace("1.5", "1.50001"), []),
        (OLD.replace("1.5", "1.501"), ["term 平安, year 2025: rate 1.5 → 1.501"]),
        (OLD.replace("4,\n", "4,0.5\n"), ["term 平安, year 2026: rate NA → 0.5"]),
        (OLD.replace(",5,", ",6,"), ["term 法治, year 2026: n 5 → 6"]),
        (OLD.replace("法治", "法制"), ["term 法治, year 2026 is gone", "term 法制, year 2026 is new"]),
        (OLD.replace("平安,2026,4,\n", ""), ["term 平安, year 2026 is gone"]),
        (OLD.replace(",n,", ",docs,"), ["columns were term, year, n, rate and are term, year, docs, rate"]),
        ("term,year,n,rate\n平安,2026,4,\n平安,2025,3,1.5\n法治,2026,5,0.25\n",
         ["the same rows stand in another order"]),
    ],
)  # fmt: skip
def test_what_moved_is_named_by_its_row(new, said):
    assert _moved(OLD, new) == said


def test_rows_that_no_column_tells_apart_are_numbered():
    old = "share\n0.5\n0.5\n0.25\n"
    assert _moved(old, old) == []
    assert _moved(old, old.replace("0.25", "0.75")) == ["row 3: share 0.25 → 0.75"]


def test_codes_with_a_leading_zero_are_not_numbers():
    assert _moved("province,rate\n00,1.5\n", "province,rate\n0,1.5\n") == [
        "province 00 is gone", "province 0 is new"
    ]  # fmt: skip


def test_the_runner_tells_reproduced_moved_missing_and_failed(project, capsys):
    notebook(project, "10_a", SAVES.format(rate=2.0, figure="fig-a"))
    notebook(project, "20_b", SAVES.format(rate=2.0, figure="fig-b"))
    notebook(project, "30_c", "x = 1")
    stored = {path: path.read_bytes() for path in (project / "notebooks").iterdir()}

    assert figures.main(["10", "20"]) == 0  # nothing committed so far: both are new
    assert capsys.readouterr().out.count("new") == 3
    first = {path.name: path.read_bytes() for path in (project / "figures").iterdir()}
    assert figures.main(["10", "20"]) == 0
    assert "In all: 2 reproduced." in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in (project / "figures").iterdir()} == first
    assert {path: path.read_bytes() for path in (project / "notebooks").iterdir()} == stored

    notebook(project, "10_a", "y = 2", "# this one fails\nraise KeyError('rates has no column')")
    notebook(project, "20_b", SAVES.format(rate=2.1, figure="fig-b"))
    assert figures.main([]) == 1
    said = capsys.readouterr().out
    assert "code cell 2 ('# this one fails' …) stopped with KeyError: 'rates has no column'" in said
    assert "province 33: rate 2 → 2.1" in said.replace(", year 2026", "")
    assert "the notebook ran but did not save it" in said
    assert "Not reproduced: fig-a, fig-b, fig-c." in said
    assert "Traceback" not in said
    assert (project / "figures" / "fig-a.csv").read_bytes() == first["fig-a.csv"]


def test_git_is_the_memory_where_it_is_there(project):
    git = ["git", "-C", str(project), "-c", "user.name=a", "-c", "user.email=a@b"]
    notebook(project, "10_a", SAVES.format(rate=2.0, figure="fig-a"))
    (project / "figures" / "fig-a.csv").write_text(
        "province,year,n,rate\n11,2026,3,1.5\n33,2026,4,9\n", "utf8"
    )
    for words in (["init", "-q"], ["add", "figures"], ["commit", "-qm", "a"]):
        subprocess.run([*git, *words], check=True)
    for _ in range(2):  # the second run meets the first one's file, and still says what git holds
        table = figures.reproduce(["10"]).set_index("figure")
        assert table.at["fig-a", "status"] == "moved"
        assert table.at["fig-a", "rows"] == ["province 61 is new", "province 33: rate 9 → 2"]


def test_write_stores_the_run_notebook_without_the_hour(project):
    path = notebook(project, "10_a", SAVES.format(rate=2.0, figure="fig-a"), "1 + 1")
    assert figures.main(["--write"]) == 1  # fig-b and fig-c have no notebook
    once = path.read_bytes()
    assert figures.main(["--write", "10_a.ipynb"]) == 0
    assert path.read_bytes() == once
    cells = [cell for cell in nbformat.read(path, 4)["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in cells] == [1, 2]
    assert cells[1]["outputs"][0]["data"]["text/plain"] == "2"
    assert any("image/png" in output.get("data", {}) for output in cells[0]["outputs"])
    assert b"iopub" not in once


def test_names_and_folders_that_are_not_there(project, capsys):
    assert figures.main(["99"]) == 1
    assert "notebooks/ is empty" in capsys.readouterr().err
    notebook(project, "10_a", "1")
    assert figures.main(["99"]) == 1
    assert "notebook='99' is unknown; choose one of: 10_a." in capsys.readouterr().err
    (project / "notebooks" / "40_d.ipynb").write_text("no notebook", "utf8")
    table = figures.reproduce(["40"])
    assert table.at[0, "status"] == "failed"
    assert len(table.at[0, "rows"][0]) < 300
    (project / "figures" / "index.csv").unlink()
    assert figures.main([]) == 1
    assert "the list of figures" in capsys.readouterr().err


def test_a_figure_saved_by_the_wrong_notebook_is_seen(project):
    notebook(project, "10_a", SAVES.format(rate=2.0, figure="fig-b"))
    table = figures.reproduce(["10"]).set_index("figure")
    assert table["status"].to_dict() == {"fig-a": "missing", "fig-b": "moved"}
