"""From a folder to the bytes of each file in it: known by content, unpacked within bounds, never to disk."""

from __future__ import annotations

import bz2
import contextlib
import email
import gzip
import io
import logging
import lzma
import os
import re
import signal
import stat
import tarfile
import threading
import time
import types
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from lxml import etree

from toolkit.load import _clock, _decode

# The limits of what is read; the docstring of `load.folder` tells them.
LARGEST = 512 * 2**20  # bytes of one file or entry, packed or not, and of all the cells of a table
ALL = 4 * 2**30  # bytes that one archive may unpack to, the archives in it counted
RATIO = 200  # an entry larger than 1 MB that grows more than this is a bomb
DEEP = 3  # archives within archives
ENTRIES = 200_000  # files in one archive, those of the archives in it counted
ROWS = 1_000_000  # rows of one table
COLUMNS = 1_000  # columns that all tables together may add to docs
MARKS = 10_000_000  # lines, tags, commas and brackets of one file
LONGEST = 50_000_000  # characters of one document
SECONDS = 60  # for one document, or for opening one file
WHOLE = 3600  # seconds for one file and all that it holds
BY_HAND = "unpack it by hand if you trust it"
JUNK = "a file of the system or about the folder, no document"
_PACKED: dict[bytes, Any] = {b"\x1f\x8b": gzip, b"BZh": bz2, b"\xfd7zXZ\x00": lzma}
_BINARY = {
    b"\x89PNG": "an image", b"\xff\xd8\xff": "an image", b"GIF8": "an image", b"BM": "an image",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file; save it as docx or xlsx",
    b"{\\rtf": "RTF; save it as docx", b"Rar!": "a RAR archive; unpack it first",
    b"7z\xbc\xaf": "a 7z archive; unpack it first", b"\x7fELF": "a program",
    b"MZ\x90": "a program", b"OggS": "sound", b"ID3": "sound", b"SQLite format 3": "a database",
}  # fmt: skip
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MESSAGE = re.compile(rb"(?is)\s*[A-Za-z-]+: .{0,2000}?\nMIME-Version: .{0,2000}?\nContent-Type: ")
_INLINE = {_W + "t": "", _W + "tab": " ", _W + "br": "\n", _W + "cr": "\n"}


@contextlib.contextmanager
def limit(until: float) -> Iterator[None]:
    """Raise TimeoutError in the block when its time is over, or that of the whole file, at `until`."""
    left = until - time.monotonic()
    late = f"the whole file took longer than {WHOLE} seconds"
    if left <= 0:
        raise TimeoutError(late)
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: types.FrameType | None) -> None:
        raise TimeoutError(late if left < SECONDS else f"it took longer than {SECONDS} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, min(SECONDS, left), 1)  # again each second: a library may catch it
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def found(folder: Path) -> list[Path]:
    """All below `folder` but its folders (or the file itself), in an order that no file system decides."""
    if not folder.is_dir():
        return [folder]
    shut: list[Path] = []
    walk = os.walk(folder, onerror=lambda error: shut.append(Path(error.filename)))
    paths = [
        os.path.join(top, name)
        for top, dirs, names in walk
        for name in (*names, *(one for one in dirs if os.path.islink(os.path.join(top, one))))
    ]
    return sorted([*map(Path, paths), *shut], key=lambda path: path.as_posix())


def unreadable(path: Path) -> str:
    """Why there is nothing to read at `path`; empty for a file."""
    if path.is_file():
        return ""
    if path.is_dir():
        return "a link to a folder; read that folder itself" if path.is_symlink() else "a folder that is shut"
    return "no file but a pipe, socket or device" if path.exists() else "a link that leads nowhere"


def size(path: Path) -> int:
    """Bytes of a file; none if it has gone since it was listed."""
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return 0


def content(path: Path) -> bytes:
    """Give the bytes of a file, if they are not too many."""
    with path.open("rb") as file:
        raw = file.read(min(os.fstat(file.fileno()).st_size, LARGEST) + 1)
    if len(raw) > LARGEST:
        raise ValueError(f"the file has more than {LARGEST:,} bytes; split it")
    return raw


def sentence(error: BaseException) -> str:
    """The first line of what an error says; its type where that is not written for the reader."""
    words = str(error).strip().split("\n")[0][:300]
    told = isinstance(error, ValueError | TimeoutError) and words
    return words if told else f"{type(error).__name__}: {words}"


def is_junk(name: str) -> bool:
    """Whether the name is that of a system's own file, which no one means as a document."""
    return bool(_clock.sign("junk").search(name))


def kind(raw: bytes, name: str = "") -> str:
    """What the bytes are: docx, xlsx, zip, tar, pdf, parquet, message (as pages are saved in .mht) or text.

    Raises
    ------
    ValueError
        If they are something that holds no text.
    """
    if raw.startswith(b"PK\x03\x04") or raw.startswith(b"PK\x05\x06"):
        with _zip(raw) as archive:
            names = set(archive.namelist()[:2000])
        if not names & {"[Content_Types].xml", "mimetype", "word/document.xml"}:
            return "zip"
        for top, what in (("word/", "docx"), ("xl/", "xlsx")):
            if any(name.startswith(top) for name in names):
                return what
        raise ValueError("this is a presentation, a book or an OpenDocument file; save it as docx or xlsx")
    if raw.startswith(b"PAR1"):
        return "parquet"
    if b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith((*_PACKED,)) or raw[257:262] == b"ustar":
        return "tar"
    for magic, what in _BINARY.items():
        if raw.startswith(magic) and (len(magic) > 2 or b"\0" in raw[:64]):
            raise ValueError(f"this is {what}")
    _few(raw)
    return "message" if _MESSAGE.match(raw, 0, 4000) else "text"


def _few(raw: bytes) -> None:
    """Raise ValueError if there are too many things to build of these bytes."""
    if len(raw) > MARKS and (marks := sum(map(raw.count, b"\n<,[{\t"))) > MARKS:
        raise ValueError(f"the file has {marks:,} lines, tags or commas, more than {MARKS:,}; split it")


def _zip(raw: bytes) -> zipfile.ZipFile:
    """Open a zip archive that is whole and does not hold too many files."""
    if raw.count(b"PK\x01\x02") > ENTRIES:
        raise ValueError(f"the archive holds more than {ENTRIES:,} files; {BY_HAND}")
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except zipfile.BadZipFile as error:
        raise ValueError(f"the archive is cut off or broken ({error})") from error


def _name(entry: zipfile.ZipInfo) -> str:
    """Give the name of an entry: UTF-8 where it says so, else what the bytes are, GBK before DOS."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return _decode.text(entry.orig_filename.encode("cp437"))[0]
    except ValueError:
        return entry.filename


def _unpacked(raw: bytes, path: str) -> Iterator[tuple[str, int, int, Callable[[], Any] | str]]:
    """Entries of an archive, or a packed file: name, bytes, packed bytes, how to open it or why not."""
    if raw.startswith(b"PK"):
        with _zip(raw) as archive:
            for entry in archive.infolist():
                link = "it is a link, no file" if stat.S_ISLNK(entry.external_attr >> 16) else ""
                shut = "it is locked with a password" if entry.flag_bits & 1 else link
                if not entry.is_dir():
                    how = shut or partial(archive.open, entry)
                    yield _name(entry), entry.file_size, entry.compress_size, how
        return
    packer = next((module for magic, module in _PACKED.items() if raw.startswith(magic)), None)
    stream: Any = packer.open(io.BytesIO(raw)) if packer else io.BytesIO(raw)
    if packer:  # a header may ask for any number of bytes
        stream.read = lambda size=-1, read=stream.read: read(min(size, LARGEST + 1))
    try:
        tar = tarfile.open(fileobj=stream, mode="r:")  # noqa: SIM115
    except tarfile.ReadError:
        stream.seek(0)
        yield Path(path).stem, 0, len(raw), lambda: stream
        return
    for member in tar:
        device = "" if member.isfile() else "it is a link or a device, no file"
        if not member.isdir():
            yield member.name, member.size, len(raw), device or partial(tar.extractfile, member)


def _entries(raw: bytes, path: str, left: Counter[str], deep: int) -> Iterator[tuple[str, bytes | str]]:
    """As `entries`, within what is left of bytes and files; names may come twice."""
    for name, size, packed, opened in _unpacked(raw, path):
        name = "/".join(part for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
        name = name or "nameless"
        left["files"] -= 1
        if left["files"] < 0:
            raise ValueError(f"the archive holds more than {ENTRIES:,} files; {BY_HAND}")
        if size > LARGEST or (size > 2**20 and size > RATIO * max(1, packed)):
            opened = f"the entry would unpack to {size:,} bytes; {BY_HAND}"
        if isinstance(opened, str) or is_junk(name):
            yield name, JUNK if is_junk(name) else str(opened)
            continue
        files, inside = left["files"], False
        try:
            with opened() as stream:
                data = stream.read(LARGEST + 1)
            left["bytes"] -= len(data)
            if len(data) > LARGEST or left["bytes"] < 0:
                raise ValueError(f"the archive unpacks to more than is allowed; {BY_HAND}")
            with contextlib.suppress(ValueError):
                inside = kind(data) in ("zip", "tar")
            if not inside:
                yield name, data
            elif deep == 1:
                yield name, "an archive within an archive within an archive is not opened"
            else:
                for inner, got in _entries(data, name, left, deep - 1):
                    yield f"{name}/{inner}", got
                if left["files"] == files:
                    yield name, "the archive holds no file"
        except Exception as error:  # a bad entry costs itself, never those behind it
            if isinstance(error, TimeoutError) or min(left.values()) < 0:
                raise
            yield name, sentence(error)


def entries(raw: bytes, path: str) -> Iterator[tuple[str, bytes | str]]:
    """Names and bytes of the files in an archive and in the archives in it; text says why one is left out."""
    left = Counter(files=ENTRIES, bytes=min(ALL, max(LARGEST, RATIO * len(raw))))
    times: Counter[str] = Counter()
    for name, data in _entries(raw, path, left, DEEP):
        times[name] += 1
        yield name if times[name] == 1 else f"{name}//{times[name]}", data


def office(raw: bytes) -> zipfile.ZipFile:
    """Open a Word or Excel file that does not unpack to too much."""
    archive = _zip(raw)
    size = sum(entry.file_size for entry in archive.infolist())
    if size > LARGEST:
        raise ValueError(f"the file would unpack to {size:,} bytes; {BY_HAND}")
    return archive


def message(raw: bytes) -> tuple[bytes, dict[str, str]]:
    """The page in a web archive (.mht) or e-mail, its longest part of HTML or else of text, and its address.

    Raises
    ------
    ValueError
        If there is no page in it.
    """
    parts = [*email.message_from_bytes(raw).walk()]
    kinds = (
        [part for part in parts if part.get_content_type() == f"text/{kind}"] for kind in ("html", "plain")
    )
    own = next(filter(None, kinds), [])
    pages = [(part.get_payload(decode=True) or b"", str(part.get("Content-Location", ""))) for part in own]
    page, address = max(pages, key=lambda one: len(one[0]), default=(b"", ""))
    if not isinstance(page, bytes) or not page.strip():
        raise ValueError("the web archive or message holds no page")
    return page, {"url": address} if address.startswith("http") else {}


def docx(raw: bytes) -> str:
    """Paragraphs and the rows of tables of a Word document, in their order."""
    with office(raw) as archive:
        name = next(filter(re.compile(r"word/document\d*\.xml").fullmatch, archive.namelist()), None)
        if name is None:
            raise ValueError("the Word file holds no document")
        xml = archive.read(name)
    _few(xml)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    out: list[str] = []
    run: list[str] = []
    for _, node in etree.iterwalk(etree.fromstring(xml, parser), events=("end",)):
        if node.tag in _INLINE:
            run.append(_INLINE[node.tag] or node.text or "")
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

    if not (said := logging.getLogger("pypdf")).handlers:
        said.addHandler(logging.NullHandler())  # what it warns of goes to the handlers of the user only
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
