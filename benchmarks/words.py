"""How long does it take to cut, count and track, beside what a user would take instead?

Same text, same machine, same run; medians of three, both sides checked to give the same numbers. The text is
the evening news where the real documents stand beside the checkout, else the shipped sample, repeated. Peak
memory is that of whole processes. Growth is our time for ten times the text over our time for the first.

    python benchmarks/words.py               # some five minutes on two cores
    python benchmarks/words.py --mb 5        # of UTF-8 that every engine is given; 10 without
"""

import argparse
import html
import json
import logging
import pickle
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import pandas as pd

from toolkit import formulations, lexicon, words
from toolkit.words import _large

ROOT = Path(__file__).parents[1]
NEWS = ROOT.parent / "shared" / "real" / "evening_news"


def texts(megabytes):
    """Documents of about so many megabytes, the earliest years first, from the start again if need be."""
    found, size = [], 0
    while size < megabytes * 1e6:
        for text in news() if NEWS.exists() else sample():
            found.append(text)
            size += len(text.encode("utf8"))
            if size >= megabytes * 1e6:
                break
    return found


def news():
    for year in sorted(NEWS.glob("*.tar.xz")):
        with tarfile.open(year) as archive:
            for day in archive:
                raw = archive.extractfile(day).read() if day.name.endswith(".json") else b""
                for item in json.loads(raw)["videoList"] if raw.strip() else []:
                    text = html.unescape(
                        re.sub(r"<[^>]+>", "", (item.get("video_detail") or {}).get("content") or "")
                    )
                    if text:
                        yield text


def sample():
    from toolkit import load

    yield from load.folder(ROOT / "data" / "sample")[0]["text"].dropna()


def ours_matrix(several):
    docs = pd.DataFrame({"doc_id": range(len(several)), "text": several})
    return words.matrix(words.count(docs, drop=()))[0]


def jieba_gensim(several):
    import jieba
    from gensim.corpora import Dictionary
    from gensim.matutils import corpus2csc

    cut = [jieba.lcut(text) for text in several]
    dictionary = Dictionary(cut)
    return corpus2csc([dictionary.doc2bow(one) for one in cut], num_terms=len(dictionary)).T


def rjieba_scikit(several):
    import rjieba
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(analyzer=rjieba.cut).fit_transform(several)


def jieba_lists(several):
    import jieba

    return [jieba.lcut(text) for text in several]


def ours_track(several, entries):
    docs = pd.DataFrame({"doc_id": range(len(several)), "text": several})
    return len(formulations.track(docs, lexicon=entries))


def pandas_track(several, entries):
    column = pd.Series(several, dtype="str")
    return sum(int(column.str.count(re.escape(term)).sum()) for term in lexicon.surfaces(entries)["surface"])


def seconds(call, *given, rounds=3):
    """Median seconds and the last result."""
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        result = call(*given)
        taken.append(perf_counter() - start)
    return median(taken), result


def against(task, ours, theirs, name, megabytes):
    """One line: ours, theirs, and how many times as long theirs takes."""
    print(f"{task:44} {megabytes / ours:8.1f} MB/s {megabytes / theirs:8.2f} {name:24} {theirs / ours:7.1f}×")


def peak(call, several):
    """Peak memory in MB of a fresh process that calls a function of this file, without its text (Linux)."""
    code = (
        "import pickle, re, sys; from benchmarks import words as w; from toolkit.words import _large;"
        "_large.LARGE = 0; t = pickle.load(open(sys.argv[1], 'rb'));"
        "p = lambda: re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1];"
        f"a = p(); w.{call}(t); print(a, p())"
    )
    with tempfile.NamedTemporaryFile() as file:
        pickle.dump(several, file)
        file.flush()
        given = [sys.executable, "-c", code, file.name]
        out = subprocess.run(given, cwd=ROOT, capture_output=True, text=True, check=True)
    before, after = map(int, out.stdout.split()[-2:])
    return (after - before) / 1e3


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mb", type=float, default=10)
    megabytes = options.parse_args().mb
    logging.getLogger("toolkit").setLevel(logging.ERROR)
    logging.getLogger("jieba").setLevel(logging.ERROR)
    several = texts(megabytes)
    _large.LARGE = 0  # the compiled engine, loaded before the clock starts
    words.cut(several[:100])
    ours_matrix(several[:2000])
    rjieba_scikit(several[:100]), jieba_lists(several[:10])

    ours, table = seconds(ours_matrix, several)
    theirs, other = seconds(jieba_gensim, several, rounds=1)
    assert table.sum() == other.sum()
    assert table.shape == other.shape
    against("text → document-term matrix", ours, theirs, "jieba + gensim", megabytes)
    against(
        "text → document-term matrix",
        ours,
        seconds(rjieba_scikit, several)[0],
        "rjieba + scikit-learn",
        megabytes,
    )

    plain, expected = seconds(jieba_lists, several, rounds=1)
    ours, found = seconds(words.cut, several)
    assert found == expected
    against("text → lists, compiled", ours, plain, "jieba.lcut", megabytes)
    _large.LARGE = 10**12
    _large.kernel.cache_clear()
    ours, found = seconds(words.cut, several)
    assert found == expected
    against("text → lists, small text (rjieba)", ours, plain, "jieba.lcut", megabytes)
    _large.LARGE = 0

    entries = lexicon.read().head(500)
    forms = len(lexicon.surfaces(entries))
    ours, hits = seconds(ours_track, several, entries)
    theirs, raw = seconds(pandas_track, several, entries, rounds=1)
    assert hits <= raw or forms == 0
    against(
        f"tracking {forms} forms of {len(entries)} formulations",
        ours,
        theirs,
        "pandas str.count loop",
        megabytes,
    )

    ten = texts(10 * megabytes)
    for task, call in (("matrix", ours_matrix), ("track", lambda given: ours_track(given, entries))):
        growth = seconds(call, ten)[0] / seconds(call, several)[0]
        print(f"{task}: ten times the text takes {growth:.1f} times as long")
    more = texts(4 * megabytes)
    small, large = peak("ours_matrix", more), peak("jieba_gensim", more)
    print(f"peak memory over the text itself: ours {small:.0f} MB, jieba + gensim {large:.0f}")


if __name__ == "__main__":
    main()
