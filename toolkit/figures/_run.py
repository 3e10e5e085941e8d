"""Does every notebook still run, and does every figure come out with the same numbers?"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd

from toolkit import _check
from toolkit.figures._save import home, index

RELATIVE, ABSOLUTE = 1e-4, 1e-9  # numbers that differ by less are the same
NUMBER = r"(?:-?\d+(?:\.\d+)?(?:e[-+]?\d+)?|-?inf)?"  # as `save` writes them; nothing is NA
PATIENCE = 1200  # seconds that one cell may take
WIDGET = "application/vnd.jupyter.widget-view+json"
BAR = r"\d+%\|"  # a progress bar
MOST = 5  # rows of a moved figure that are told
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def _git(*words: str) -> str | None:
    """What git says in the figures' folder, or None where it does not know."""
    try:
        return subprocess.check_output(["git", *words], cwd=home(), stderr=subprocess.DEVNULL).decode("utf8")
    except (OSError, subprocess.CalledProcessError):
        return None


def _committed(figure_id: str) -> str | None:
    """The CSV that git holds, or, where git does not hold this folder, the one that lies there."""
    if _git("cat-file", "-e", "HEAD:./index.csv") is not None:
        return _git("show", f"HEAD:./{figure_id}.csv")
    file = home() / f"{figure_id}.csv"
    return file.read_text("utf8") if file.exists() else None


def _moved(old: str, new: str) -> list[str]:
    """What differs between two CSVs, by row; a row is named by the first columns that tell it apart."""
    sides = [pd.read_csv(StringIO(text), dtype=str, keep_default_na=False) for text in (old, new)]
    if list(sides[0]) != list(sides[1]):
        return [f"columns were {', '.join(sides[0])} and are {', '.join(sides[1])}"]
    both = pd.concat(sides)
    real = [c for c in both if both[c].str.fullmatch(NUMBER).all() and both[c].str.contains("[.e]").any()]
    whole = [c for c in both if c not in real]
    prefixes = [whole[: i + 1] for i in range(len(whole))]
    keys = next((p for p in prefixes if not any(side.duplicated(p).any() for side in sides)), [])
    for side in sides:
        names = side[keys].assign(**({} if keys else {"row": range(1, len(side) + 1)}))
        told = (", ".join(f"{k} {v}" for k, v in row.items()) for row in names.to_dict("records"))
        side.index = pd.Index(list(told))
    before, after = sides
    shared = before.index[before.index.isin(after.index)]
    said = [f"{row} is gone" for row in before.index if row not in shared]
    said += [f"{row} is new" for row in after.index if row not in shared]
    differs = before.loc[shared].ne(after.loc[shared])
    for c in real:
        was, now = (pd.to_numeric(side.loc[shared, c]).to_numpy(float) for side in sides)
        differs[c] = ~np.isclose(was, now, rtol=RELATIVE, atol=ABSOLUTE, equal_nan=True)
    for row in shared[differs.any(axis=1)]:
        moved = [c for c in both if differs.at[row, c]]
        cells = [f"{c} {before.at[row, c] or 'NA'} → {after.at[row, c] or 'NA'}" for c in moved]
        said.append(f"{row}: {', '.join(cells)}")
    in_order = list(shared) == [row for row in after.index if row in shared]
    return said or ([] if in_order else ["the same rows stand in another order"])


def _stopped(notebook: dict, error: Exception) -> str:
    """Which cell stopped a notebook, with what: one sentence, no traceback."""
    cells = [cell for cell in notebook.get("cells", []) if cell["cell_type"] == "code"]
    for i, cell in enumerate(cells, start=1):
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                begins = cell["source"].strip().partition("\n")[0]
                return f"code cell {i} ({begins!r} …) stopped with {output['ename']}: {output['evalue']}"
    return f"{type(error).__name__}: {str(error).strip().partition(chr(10))[0]}"


def _said(output: dict) -> str:
    """The text of an output, whether it was printed or shown."""
    return output.get("text") or output.get("data", {}).get("text/plain", "")


def _run(path: Path, *, folder: Path, write: bool) -> str:
    """Run one notebook with its figures going to `folder`; say what stopped it, if anything did."""
    import nbformat
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    settings = {
        "TOOLKIT_FIGURES": str(folder),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "TQDM_DISABLE": "1",  # a bar that moves is no result
    }
    notebook = nbformat.NotebookNode()
    try:
        notebook = nbformat.read(path, as_version=4)
        # no folder of kernels is looked at: the kernel is this very Python, whatever else is installed
        kernels = KernelSpecManager(kernel_dirs=[])
        kernel = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=kernels)
        place = {"metadata": {"path": str(path.parent)}}
        client = NotebookClient(notebook, km=kernel, timeout=PATIENCE, record_timing=False, resources=place)
        client.extra_arguments = ["--log-level=40"]
        client.execute(env=os.environ | settings)
    except Exception as error:  # whatever stops a notebook is told, and the others still run
        return _stopped(notebook, error)
    if write:
        notebook["metadata"] = nbformat.from_dict(KERNEL)
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":  # a progress bar that moves is no result
                cell["outputs"] = [o for o in cell["outputs"] if not re.search(BAR, _said(o))]
                for shown in cell["outputs"]:  # a stored widget is dead: its number would only change
                    shown.get("data", {}).get(WIDGET, {})["model_id"] = "0"
        nbformat.write(notebook, path)
    return ""


def _judge(path: Path, *, scratch: Path, listed: pd.DataFrame, write: bool) -> list[dict]:
    """Run one notebook, compare its figures with the committed ones, and put them into their folder."""
    began, folder = time.perf_counter(), scratch / path.stem
    folder.mkdir()
    (folder / "index.csv").write_bytes((home() / "index.csv").read_bytes())
    stopped = _run(path, folder=folder, write=write)
    known = {"notebook": path.stem, "seconds": time.perf_counter() - began}
    made = {file.stem for file in folder.glob("*.csv")} - {"index"}
    own = listed.loc[listed["notebook"].eq(path.stem), "id"].tolist()
    rows = []
    for figure in [*own, *sorted(made - set(own))] or ["–"]:
        old, told = _committed(figure), []
        if stopped:
            status, told = "failed", [stopped]
        elif figure == "–":
            status = "ran"
        elif figure not in made:
            status, told = "missing", ["the notebook ran but did not save it"]
        elif figure not in own:
            status, told = "moved", ["figures/index.csv says that another notebook makes it"]
        elif old is None:
            status = "new"
        else:
            told = _moved(old, (folder / f"{figure}.csv").read_text("utf8"))
            status = "moved" if told else "reproduced"
        rows.append({"figure": figure, **known, "status": status, "rows": told})
    for file in [] if stopped else list(folder.iterdir()):
        if file.stem in made:
            file.replace(home() / file.name)
    return rows


def reproduce(names: Collection[str] = (), *, write: bool = False) -> pd.DataFrame:
    """Run the notebooks, redraw their figures, and compare the numbers with the committed ones.

    Parameters
    ----------
    names
        How the names of the notebooks to run begin, such as ``["30"]``; all if empty.
    write
        Also store the run notebooks, with their outputs, in place of the old ones.

    Returns
    -------
    DataFrame
        A row per figure: ``figure``, ``notebook``, ``seconds`` (that the notebook took), ``status`` and
        ``rows``, a list of what differs. Status is ``reproduced``, ``moved``, ``new`` (not committed so
        far), ``missing``, ``failed``, or ``ran`` for a notebook without figures.

    Raises
    ------
    FileNotFoundError
        If ``figures/index.csv`` or the folder ``notebooks/`` is missing.
    ValueError
        If there are no notebooks, or none begins as one of `names`.

    Notes
    -----
    Whole numbers and text must be equal; other numbers may differ by a ten-thousandth, which is more than
    processors differ by and less than anyone reads from a figure.

    Examples
    --------
    >>> reproduce(["no such notebook"])
    Traceback (most recent call last):
    ...
    ValueError: ...
    """
    from tqdm.auto import tqdm

    listed = index()
    there = sorted(_check.path(home().parent / "notebooks", "the folder of notebooks").glob("*.ipynb"))
    _check.not_empty(there, "notebooks/", "there is nothing to run")
    begins = tuple(Path(name).name.removesuffix(".ipynb") for name in names)
    for name in begins:
        if not any(path.stem.startswith(name) for path in there):
            raise _check.unknown("notebook", name, [path.stem for path in there])
    chosen = [path for path in there if path.stem.startswith(begins or "")]
    rows: list[dict] = []
    with tempfile.TemporaryDirectory(dir=home(), prefix=".run-") as scratch, ThreadPoolExecutor(2) as pool:
        done = pool.map(lambda path: _judge(path, scratch=Path(scratch), listed=listed, write=write), chosen)
        for one in tqdm(done, total=len(chosen), desc="notebooks", unit="notebook"):
            rows.extend(one)
    lost = listed[~listed["notebook"].isin([path.stem for path in there])]
    for figure, notebook in [] if names else zip(lost["id"], lost["notebook"], strict=True):
        known = {"figure": figure, "notebook": notebook, "seconds": 0.0}
        rows.append({**known, "status": "missing", "rows": ["its notebook does not exist"]})
    return pd.DataFrame(rows)


def _told(table: pd.DataFrame) -> Iterator[str]:
    """A line a figure, below it the first rows that moved."""
    wide = {name: int(table[name].str.len().max()) for name in ("figure", "notebook", "status")}
    for row in table.to_dict("records"):
        yield "  ".join([*(str(row[name]).ljust(wide[name]) for name in wide), f"{row['seconds']:6.1f} s"])
        yield from (f"    {told}" for told in row["rows"][:MOST])
        if len(row["rows"]) > MOST:
            yield f"    and {len(row['rows']) - MOST} more"


def main(argv: list[str] | None = None) -> int:
    """``python -m toolkit.figures [--write] [NAME …]``: 0 if every figure came out again, else 1."""
    about = "Run the notebooks, redraw their figures, compare the numbers with the committed ones."
    parser = argparse.ArgumentParser(prog="python -m toolkit.figures", description=about)
    parser.add_argument("names", nargs="*", metavar="NAME", help="how a notebook's name begins; all if none")
    parser.add_argument(
        "--write", action="store_true", help="store the run notebooks in place of the old ones"
    )
    given = parser.parse_args(argv)
    try:
        table = reproduce(given.names, write=given.write)
    except (ValueError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    counted = ", ".join(f"{n} {status}" for status, n in table["status"].value_counts().items())
    print(*_told(table), "", f"In all: {counted}.", sep="\n")
    bad = table[table["status"].isin(["moved", "missing", "failed"])]
    if len(bad):
        names = ", ".join(bad["figure"])
        print(f"Not reproduced: {names}. If a change is meant, commit the CSV and say why.")
    return int(len(bad) > 0)
