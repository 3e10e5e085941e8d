"""From a folder to the bytes of each file in it: known by content, unpacked within bounds, never to disk."""

from __future__ import annotations

import contextlib
import io
import re
import signal
import tarfile
import threading
import types
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from lxml import etree

from toolkit.load import _decode

LARGEST = 512 * 2**20  # bytes of one file, packed or not
ALL = 4 * 2**30  # bytes that one archive may unpack to
RATIO = 200  # an entry larger than 1 MB that grows more than this is a bomb
DEEP = 3  # archives within archives
ENTRIES = 200_000
_JUNK = re.compile(
    r"(?:^|/)(?:README(?:\.\w+)?$|LICEN[CS]E(?:\.\w+)?$|__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\.git/|\.~lock)",
    re.I,
)
_BINARY = {
    b"\x89PNG": "an image", b"\xff\xd8\xff": "an image", b"GIF8": "an image", b"BM": "an image",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file; save it as docx or xlsx",
    b"{\\rtf": "RTF; save it as docx", b"Rar!": "a RAR archive; unpack it first",
    b"7z\xbc\xaf": "a 7z archive; unpack it first", b"\x7fELF": "a program",
    b"MZ\x90": "a program", b"OggS": "sound", b"ID3": "sound", b"SQLite format 3": "a database",
}  # fmt: skip
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@contextlib.contextmanager
def limit(seconds: int) -> Iterator[None]:
    """Raise TimeoutError in the block after so many seconds, where the system can."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(number: int, frame: types.FrameType | None) -> None:
        raise TimeoutError(f"it took longer than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def found(folder: Path) -> list[Path]:
    """Every file below `folder` (or the file itself), in an order that no file system decides."""
    if folder.is_file():
        return [folder]
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.as_posix())


def is_junk(name: str) -> bool:
    """Whether the name is that of a system's own file, which no one means as a document."""
    return bool(_JUNK.search(name))


def kind(raw: bytes, name: str = "") -> str:
    """What the bytes are: docx, xlsx, zip, tar, pdf, parquet or text.

    Raises
    ------
    ValueError
        If they are something that holds no text.
    """
    if raw.startswith(b"PK\x03\x04") or raw.startswith(b"PK\x05\x06"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist()[:2000])
        if "word/document.xml" in names:
            return "docx"
        return "xlsx" if any(name.startswith("xl/") for name in names) else "zip"
    if raw.startswith(b"PAR1"):
        return "parquet"
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")) or raw[257:262] == b"ustar":
        return "tar"
    for magic, what in _BINARY.items():
        if raw.startswith(magic) and (len(magic) > 2 or b"\0" in raw[:64]):
            raise ValueError(f"this is {what}")
    return "text"


def _name(entry: zipfile.ZipInfo) -> str:
    """Give the name of an entry: UTF-8 where it says so, else what the bytes are, GBK before DOS."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return _decode.text(entry.orig_filename.encode("cp437"))[0]
    except ValueError:
        return entry.filename


def _unpacked(raw: bytes) -> Iterator[tuple[str, int, int, IO[bytes]]]:
    """Entries of a zip or tar archive: name, bytes, packed bytes, an open stream."""
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for entry in archive.infolist()[:ENTRIES]:
                if entry.is_dir():
                    continue
                if entry.flag_bits & 1:
                    raise ValueError("the archive is locked with a password")
                with archive.open(entry) as stream:
                    yield _name(entry), entry.file_size, entry.compress_size, stream
        return
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        for member in archive:
            if member.isfile() and (opened := archive.extractfile(member)) is not None:
                yield member.name, member.size, max(1, len(raw)), opened


def entries(raw: bytes) -> Iterator[tuple[str, bytes | str]]:
    """Names and bytes of an archive's entries; text instead of bytes says why an entry is left out."""
    total = 0
    for name, size, packed, stream in _unpacked(raw):
        name = "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
        if size > LARGEST or (size > 2**20 and size > RATIO * max(1, packed)):
            yield name, f"the entry would unpack to {size:,} bytes; unpack it by hand if you trust it"
            continue
        data = stream.read(LARGEST + 1)
        total += len(data)
        if len(data) > LARGEST or total > ALL:
            yield name, "the archive unpacks to more than is allowed; unpack it by hand if you trust it"
            return
        yield name, data


def docx(raw: bytes) -> str:
    """Paragraphs and the rows of tables of a Word document, in their order."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entry = archive.getinfo("word/document.xml")
        if entry.file_size > LARGEST:
            raise ValueError(f"the document would unpack to {entry.file_size:,} bytes")
        xml = archive.read(entry)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    out: list[str] = []
    run: list[str] = []
    for _, node in etree.iterwalk(etree.fromstring(xml, parser), events=("end",)):
        if node.tag == _W + "t":
            run.append(node.text or "")
        elif node.tag == _W + "tab":
            run.append(" ")
        elif node.tag in (_W + "br", _W + "cr"):
            run.append("\n")
        elif node.tag == _W + "p" and next(node.iterancestors(_W + "tc"), None) is not None:
            run.append(" ")
        elif node.tag in (_W + "p", _W + "tr"):
            out.append("".join(run))
            run.clear()
    return "\n".join(out)


def pdf(raw: bytes) -> str:
    """Text of the pages of a PDF, in their order.

    Raises
    ------
    ValueError
        If it is locked, broken, or holds images only.
    """
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ValueError("the PDF is locked with a password")
        text = "\n".join(page.extract_text() for page in reader.pages)
    except (pypdf.errors.PyPdfError, pypdf.errors.DependencyError, RecursionError) as error:
        raise ValueError(f"the PDF cannot be read ({type(error).__name__}: {str(error)[:80]})") from error
    if not text.strip():
        raise ValueError("the PDF holds images and no text; it needs character recognition first")
    return text
