"""How is a figure kept: the numbers that it claims, and pictures that are the same, byte for byte?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from toolkit import _check

PLAIN = {"pdf": {"CreationDate": None, "Creator": None, "Producer": None}, "png": {"Software": None}}


def home() -> Path:
    """``figures/`` of the checkout, or the folder that TOOLKIT_FIGURES names."""
    return Path(os.environ.get("TOOLKIT_FIGURES") or Path(__file__).parents[2] / "figures")


def index() -> pd.DataFrame:
    """``figures/index.csv``: id, notebook (its file name without ending), caption, paper."""
    listed = pd.read_csv(_check.path(home() / "index.csv", "the list of figures"), dtype=str)
    _check.columns(listed, "id", "notebook", what="figures/index.csv")
    return listed


def _outlines(font: bytes) -> bytes:
    """A font with PostScript outlines as the same font, glyph by glyph, with TrueType outlines."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont, newTable

    changed = TTFont(BytesIO(font), recalcTimestamp=False)
    order, drawn, glyphs = changed.getGlyphOrder(), changed.getGlyphSet(), {}
    for name in order:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, max_err=0.5, reverse_direction=True))  # thousandths of the size
        glyphs[name] = pen.glyph()
    for table in {"CFF ", "VORG"} & set(changed.keys()):
        del changed[table]
    changed["loca"], changed["glyf"] = newTable("loca"), newTable("glyf")
    changed["glyf"].glyphOrder, changed["glyf"].glyphs = order, glyphs
    changed["post"].formatType, changed.sfntVersion = 3.0, "\0\1\0\0"
    changed["maxp"].tableVersion, changed["maxp"].maxZones = 0x00010000, 1
    unused = "TwilightPoints Storage FunctionDefs InstructionDefs StackElements SizeOfInstructions"
    for name in unused.split():
        setattr(changed["maxp"], f"max{name}", 0)
    changed["maxp"].maxComponentElements = changed["maxp"].maxComponentDepth = 0
    out = BytesIO()
    changed.save(out)
    return out.getvalue()


def _true_type(pdf: bytes) -> bytes:
    """The same PDF with every font really of Type 42.

    matplotlib files the PostScript outlines of Noto Sans SC under TrueType, and some readers (MuPDF among
    them) then show other characters than were written; fonttools turns the outlines of the few glyphs used.
    """
    from pypdf import PdfWriter
    from pypdf.generic import NameObject, NumberObject

    writer = PdfWriter(clone_from=BytesIO(pdf))
    page: Any = writer.pages[0]
    for font in page["/Resources"]["/Font"].values():
        for part in font.get_object().get("/DescendantFonts", []):
            file = part.get_object()["/FontDescriptor"]["/FontFile2"].get_object()
            if file.get_data().startswith(b"OTTO"):
                file.set_data(_outlines(file.get_data()))
                file[NameObject("/Length1")] = NumberObject(len(file.get_data()))
    writer.metadata, writer.pdf_header = None, "%PDF-1.4"
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@contextmanager
def _beside(name: str) -> Iterator[BinaryIO]:
    """A file of the figures' folder, open for writing under another name until it is whole."""
    target = home() / name
    part = target.with_name(f".{name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def save(drawn: object, *, figure_id: str, frame: pd.DataFrame) -> None:
    """Write a figure as PDF and PNG, and the numbers in it as CSV.

    Parameters
    ----------
    drawn
        The Axes, dict of Axes or Figure to keep.
    figure_id
        Its name in ``figures/index.csv``, which says what notebook makes it.
    frame
        The numbers that the figure shows: the claim. Rows stay in their order; six digits are kept.

    Raises
    ------
    ValueError
        If no such figure is listed, or `frame` is empty.
    TypeError
        If `drawn` is no drawing.

    Notes
    -----
    The same drawing gives the same bytes on every run: nothing of the hour or of the machine is written
    into the files. Text in the PDF can be selected, and its fonts are TrueType. Files are written beside and
    then renamed, so that a broken run leaves no half file. The folder is ``figures/`` of the checkout, or
    the one that the variable TOOLKIT_FIGURES names.

    Examples
    --------
    >>> save(None, figure_id="fig-of-nothing", frame=pd.DataFrame({"year": [2026]}))
    Traceback (most recent call last):
    ...
    TypeError: drawn must be an Axes, a dict of Axes or a Figure, not NoneType.
    """
    one = next(iter(drawn.values()), None) if isinstance(drawn, dict) else drawn
    figure = one if isinstance(one, Figure) else getattr(one, "figure", None)
    if not isinstance(figure, Figure):
        raise TypeError(f"drawn must be an Axes, a dict of Axes or a Figure, not {type(drawn).__name__}.")
    _check.one_of(figure_id, list(index()["id"]), "figure_id")
    _check.columns(frame, what="frame")
    _check.not_empty(frame, "frame", "give the numbers that the figure shows")
    for kind, plain in PLAIN.items():
        picture = BytesIO()
        with mpl.rc_context({"pdf.fonttype": 42}):
            figure.savefig(picture, format=kind, dpi=300, metadata=plain)
        with _beside(f"{figure_id}.{kind}") as file:
            file.write(_true_type(picture.getvalue()) if kind == "pdf" else picture.getvalue())
    with _beside(f"{figure_id}.csv") as file:
        file.write(frame.to_csv(index=False, float_format="%.6g", lineterminator="\n").encode("utf8"))
