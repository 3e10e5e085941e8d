"""From a page to its lines: which are the article, what the page says of itself, and what is left off."""

from __future__ import annotations

import ast
import logging
import re
from contextlib import suppress
from functools import cache
from html import unescape
from typing import Any
from warnings import catch_warnings

import trafilatura
import yaml
from selectolax.lexbor import LexborHTMLParser, LexborNode

from toolkit import clean
from toolkit.load import _clock, _layout
from toolkit.load._clock import sign

_BLOCK = frozenset(
    "address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section table tbody tfoot"
    " thead title tr ul".split()
)
_HIDDEN = frozenset("script style noscript template head title iframe object svg".split())
_CELL = frozenset(["td", "th"])
_HAN = re.compile("[\u4e00-\u9fff]")
Shown = tuple[str, bool, bool]  # a line, whether it stands inside the article, whether it begins a block
LEAST = 30  # Han characters that a container must hold to be taken for the article
TAGS = 400_000  # marks of a page that are parsed; of a page with more, or 20,000 deep, only the text is taken
MOST = 4_000_000  # characters of a page that are read as a page; a longer one is read as text


@cache
def _parts() -> dict[str, list[str]]:
    """Selectors of the containers, the titles and what is never article, in order."""
    parts = dict[str, list[str]]()
    for row in _clock.table("page_parts"):
        parts.setdefault(row["part"], []).append(row["selector"])
    return parts


def is_page(text: str) -> bool:
    """Whether the text is marked up: one tag that only pages have, or tags in a fifth of its lines."""
    head = text[:20_000]
    if sign("page_begins").match(head):
        return True
    if "<" not in head or len(sign("tag").findall(head)) < 2:
        return False
    shown = [line for line in head.split("\n") if line.strip()]
    return sum(bool(sign("tag").search(line)) for line in shown) >= 0.2 * len(shown)


def untagged(text: str) -> str:
    """`text`, which is no page, without the tags, comments and marks of bold type that strayed into it."""
    text = sign("comment").sub("", text) if "<" in text or ">" in text else text
    text = sign("bold").sub("", text) if "*" in text else text
    return sign("bracketed").sub(lambda found: "" if sign("tag").fullmatch(found[0]) else found[0], text)


def spelled(text: str) -> str:
    """`text` with the breaks and signs that a scraper spelt out as \\n, \\u3000, ['…', '…'] or !@#!@."""
    if text[:2] in ("['", '["') and text[-9:].rstrip()[-2:] in ("']", '"]') and len(text) <= MOST:
        with suppress(ValueError, SyntaxError, RecursionError, MemoryError), catch_warnings(action="ignore"):
            text = "\n".join(map(str, ast.literal_eval(text.rstrip())))

    def meant(found: re.Match[str]) -> str:
        signs = found[0].encode().decode("unicode_escape") if found[0][0] == "\\" else "\n"
        return signs.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    return sign("spelled").sub(meant, text) if any(mark in text for mark in ("\\", "!@#", "<Para")) else text


def unescaped(text: str) -> str:
    """`text` with its tags as tags, where a table or a feed holds them as &lt;p&gt; or in <![CDATA[…]]>."""
    if text[:400].lstrip()[:1] == "<" and "<![CDATA[" in text and "<html" not in text:
        text = text.replace("<![CDATA[", "").replace("]]>", "")
    escaped = text[:400].lstrip()[:4] == "&lt;" and len(sign("escaped_tag").findall(text)) > 1
    return unescape(text) if escaped else text


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields between two lines of --- at the beginning, and the text after them."""
    found = sign("front_matter").match(text) or sign("labels").match(text)
    if not found:
        return {}, text
    try:
        anchored = re.search(r"[:\[,\s][&*]\w", found[1])  # a bomb may be
        fields = None if anchored else yaml.safe_load(found[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        fields = None
    if fields is None:
        pairs = (re.match(r"(\w+)\s*:\s*(\S.*)", line) for line in found[1].splitlines())
        fields = {pair[1]: pair[2] for pair in pairs if pair}
    if not isinstance(fields, dict):
        return {}, text
    told = {str(key): value for key, value in fields.items() if value is not None}
    plain = {key: ", ".join(map(str, value)) for key, value in told.items() if isinstance(value, list)}
    return {key: str(value).strip(" '\"") for key, value in (told | plain).items()}, text[found.end() :]


def _preformatted(node: LexborNode) -> bool:
    """Whether the line breaks of a text are those of its page."""
    above = [node]
    while above[-1].parent is not None and len(above) < 8:  # no deeper: a page may be all depth
        above.append(above[-1].parent)
    return any(node.tag == "pre" for node in above)


def _lines(tree: LexborHTMLParser, inside: set[int], off: set[int]) -> list[Shown]:
    """The lines that a reader sees, and how they stand; blanks lead only those that are preformatted."""
    out: list[Shown] = []
    run: list[str] = []
    state, parted = False, False
    pre = tree.css_first("pre") is not None
    stack: list[tuple[LexborNode | None, str, bool, bool]] = [(tree.root, "", not inside, False)]

    def flush(part: bool, indented: bool = False) -> None:
        nonlocal parted
        if run:
            line = clean.normalise("".join(run)).replace("\n", " ")
            bare = line.strip()
            if bare:
                line = line.rstrip() if indented else bare
                out.append((line, state, parted))
                parted = False
            run.clear()
        parted |= part

    while stack:
        node, closing, within, dropped = stack.pop()
        if node is None:
            flush(closing != "br") if closing in _BLOCK else run.append(" ")
            continue
        if (after := node.next) is not None:
            stack.append((after, "", within, dropped))
        if node.is_text_node:
            here = within and not dropped
            text = node.text_content or ""
            if here != state and text.strip():
                flush(True)
                state = here
            if pre and "\n" in text and _preformatted(node):
                for piece in text.split("\n"):
                    run.append(piece)
                    flush(not piece.strip(), indented=True)
                continue
            run.append(re.sub(r"\s*\n\s*", " ", text) if "\n" in text else text)
            continue
        tag = node.tag or ""
        if tag in _HIDDEN or (tag[:1] in "-#!" and not node.is_element_node and node.child is None):
            continue
        within, dropped = within or node.mem_id in inside, dropped or node.mem_id in off
        if tag in _BLOCK:
            flush(tag != "br")
            stack.append((None, tag, within, dropped))
        elif tag in _CELL or not within:
            stack.append((None, tag, within, dropped))
        if (child := node.child) is not None:
            stack.append((child, "", within, dropped))
    flush(True)
    return out


def _han(node: LexborNode) -> int:
    """Characters of a node that are not ASCII: Chinese, as good as."""
    text = node.text(deep=True)
    return len(text) - len(text.encode("ascii", "ignore"))


def _container(tree: LexborHTMLParser) -> LexborNode | None:
    """The fullest node of the first selector of a portal's article that holds enough text."""
    if not tree.css_first(", ".join(_parts()["body"])):
        return None
    for selector in _parts()["body"]:
        nodes = tree.css(selector)
        best = max(nodes, key=_han, default=None)
        if best is not None and _han(best) >= LEAST:
            return best
    return None


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """What the page says of itself in its meta tags."""
    fields: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        name = next(filter(None, map(node.attributes.get, ("name", "property", "itemprop"))), None)
        if name and (value := clean.normalise(node.attributes.get("content") or "").strip()):
            fields.setdefault(name, value)
    return fields


def _title(tree: LexborHTMLParser, meta: dict[str, str]) -> str:
    """The headline: what the page names so, the heading that readers see, the title of the window."""
    for name in ("ArticleTitle", "articletitle", "og:title", "twitter:title"):
        if len(words := _layout.sign("site").sub("", meta.get(name, ""))) >= 4:
            return words
    for selector in _parts()["title"]:
        seen = [clean.normalise(node.text(separator=" ")).split() for node in tree.css(selector)[:3]]
        words = sign("stamp_below").sub("", " ".join(seen[0])) if len(seen) == 1 else ""
        if 6 <= len(words) <= 120 and len(_HAN.findall(words)) >= 4 and not _layout.fits("untitled", words):
            return words
    window = tree.css_first("title")
    words = " ".join(clean.normalise(window.text()).split()) if window else ""
    words = _layout.sign("site").sub("", words)
    return words if len(_HAN.findall(words)) >= 5 and not _layout.fits("untitled", words) else ""


def _extracted(html: str, lines: list[Shown]) -> list[Shown]:
    """Mark the lines that a main-text extractor keeps; none where it fails."""
    try:
        kept = trafilatura.extract(html, include_comments=False, favor_recall=True, deduplicate=False) or ""
    except Exception as error:  # its parser fails in many ways on broken pages
        logging.getLogger(__name__).debug("trafilatura: %s", error)
        return [(line, False, parted) for line, _, parted in lines]
    bare = re.sub(r"\s+", "", clean.normalise(kept))
    return [(line, within and re.sub(r"\s+", "", line) in bare, parted) for line, within, parted in lines]


def read(html: str) -> dict[str, Any]:
    """Read a page: ``title``, ``meta``, ``lines``, which of them are the article, and begin a block."""
    html = html[:MOST]
    if html.count("<") > TAGS or html.count("<div") - html.count("</div") > TAGS // 20:
        bare = re.sub(r"<[^<>]{0,2000}>?", "\n", html).split("\n")
        shown = [(line.strip(), True, False) for line in bare if line.strip()]
        return {"title": "", "meta": {}, "lines": shown}
    tree = LexborHTMLParser(html)
    meta = _meta(tree)
    if "enpproperty" in html and (day := sign("enpproperty").search(html)):
        meta["date"] = day[1]
    off = {node.mem_id for node in tree.css(", ".join(_parts()["off"]))}
    container = _container(tree)
    inside = {container.mem_id} if container is not None else set()
    lines = _lines(tree, inside, off)
    if container is None and re.search(r"<body|<html", html, re.I):
        marked = _extracted(html, lines)
        if sum(len(_HAN.findall(line)) for line, kept, _ in marked if kept) >= LEAST:
            lines = marked
    window = tree.css_first("title")
    if window and (site := re.search(r"[_|｜-]\s*([^_|｜-]{2,14})\s*$", clean.normalise(window.text()))):
        meta.setdefault("site", site[1].strip())
    return {"title": _title(tree, meta), "meta": meta, "lines": lines}
