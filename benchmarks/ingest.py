"""How fast is a folder read? Plain text in MB/s and pages of 30 kB a second, beside trafilatura alone.

    python benchmarks/ingest.py            # two processes; a temporary folder that is deleted

The texts are drawn from the sample (fictional), repeated with other numbers, so that no two are alike.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import trafilatura

from toolkit import load

PAGES, KILOBYTES = 600, 30
MEGABYTES = 24


def sentences() -> list[str]:
    """The sentences of the sample."""
    docs, _ = load.folder(load.sample(), jobs=1)
    parts = "".join(docs["text"]).replace("\n", "").split("。")
    return [part + "。" for part in parts if len(part) > 20]


def paragraphs(rng: np.random.Generator, stock: list[str], size: int) -> list[str]:
    """Paragraphs of four sentences, `size` bytes in all."""
    out, held = [], 0
    while held < size:
        drawn = "".join(stock[i] for i in rng.integers(0, len(stock), 4))
        out.append(f"{drawn}共{rng.integers(1, 10**6)}件。")
        held += len(out[-1].encode())
    return out


def page(paragraphs: list[str]) -> str:
    """A portal page: a third of it is not the article."""
    menu = "".join(f"<li><a href='/c{i}/index.html' class='menu-item'>栏目{i}</a></li>" for i in range(120))
    body = "".join(f'<p style="text-indent: 2em;">　　{text}</p>' for text in paragraphs)
    return (
        "<!doctype html><html><head><meta charset='utf-8'><title>全省推进会召开_样本网</title></head>"
        f"<body><div class='nav'><ul>{menu}</ul></div><h1>全省平安建设推进会召开</h1>"
        "<div>来源：样本日报 2021-03-04 10:00</div>"
        f"<div id='zoom'>{body}</div><div class='footer'>主办：样本办公厅</div></body></html>"
    )


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print one line a measurement."""
    rng, stock = np.random.default_rng(1), sentences()
    with tempfile.TemporaryDirectory() as folder:
        texts, pages = Path(folder, "texts"), Path(folder, "pages")
        texts.mkdir()
        pages.mkdir()
        for i in range(MEGABYTES * 25):
            body = "\n".join(paragraphs(rng, stock, 40_000))
            (texts / f"{i}.txt").write_text(f"全省工作会议召开\n2021年3月4日 来源：样本日报\n{body}", "utf8")
        html = [page(paragraphs(rng, stock, KILOBYTES * 700)) for _ in range(PAGES)]
        for i, content in enumerate(html):
            (pages / f"{i}.html").write_text(content, "utf8")
        size = sum(file.stat().st_size for file in texts.iterdir()) / 1e6
        took = seconds(lambda: load.folder(texts, jobs=2))
        print(f"plain text    {size / took:7.1f} MB/s      {size:.0f} MB in {took:.1f} s, two processes")
        for jobs in (1, 2):
            took = seconds(lambda jobs=jobs: load.folder(pages, jobs=jobs))  # type: ignore[misc]
            size = len(html[0].encode()) / 1000
            print(f"pages         {PAGES / took:7.0f} pages/s   {size:.0f} kB each, {jobs} processes")
        took = seconds(lambda: [trafilatura.extract(content) for content in html])
        print(f"trafilatura   {PAGES / took:7.0f} pages/s   alone, one process, text only")


if __name__ == "__main__":
    sys.exit(main())
