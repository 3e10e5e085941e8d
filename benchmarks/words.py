"""How long does it take to cut, count and track, beside what a user would take instead?

Same text, same machine, same run: ours and the fast ones as medians of three, jieba and pandas once. We
work on all cores, as a user's call does; jieba, rjieba, scikit-learn and pandas on one, for the same
reason. Lists are checked to be jieba's, the matrix to have the sum and shape of jieba's; rjieba cuts a few
words otherwise, and pandas counts every substring where we count what the cut leaves whole (the shipped 474
entries have 628 forms). The text is the evening news where the real documents stand beside the checkout,
else the shipped sample, repeated; with `--reports` the provincial reports of 2026, cut into lines, shuffled
and repeated (the text of other published comparisons: a small vocabulary, which favours whoever hashes
strings). Peak memory is what a fresh process adds to the text that it holds: a frame for us, a list for the
others. Growth is our time for ten times the text over our time for the first.

    python benchmarks/words.py               # some five minutes on two cores
    python benchmarks/words.py --mb 5        # of UTF-8 that every engine is given; 10 without
    python benchmarks/words.py --memory 90   # only peak memory, on so many megabytes
"""

import argparse
import html
import json
import logging
import pickle
import random
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
REPORTS = ROOT.parent / "shared" / "real" / "provincial_reports_2026"


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


def reports(megabytes):
    """The lines of the provincial reports of 2026, shuffled, as often as it takes."""
    whole = "".join(path.read_text("utf-8-sig") for path in sorted(REPORTS.glob("*.csv")))
    lines = [line for line in re.split(r"\s*\n\s*|(?<=。)", whole) if line]
    size = sum(len(line.encode("utf8")) for line in lines)
    return random.Random(1).sample(lines, k=len(lines)) * max(1, round(megabytes * 1e6 / size))


def sample():
    from toolkit import load

    yield from load.folder(ROOT / "data" / "sample")[0]["text"].dropna()


def frame(several):
    return pd.DataFrame({"doc_id": range(len(several)), "text": pd.Series(several, dtype="str")})


def ours_matrix(docs):
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


def ours_track(docs, entries):
    return len(formulations.track(docs, lexicon=entries))


def pandas_track(column, entries):
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


def peak(call, text):
    """Peak memory in MB of a fresh process that calls a function of this file, without its text (Linux)."""
    code = (
        "import pickle, re, sys; from benchmarks import words as w; from toolkit.words import _large;"
        "_large.LARGE = 0; t = pickle.load(open(sys.argv[1], 'rb'));"
        "p = lambda: re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1];"
        f"a = p(); w.{call}(t); print(a, p())"
    )
    with tempfile.NamedTemporaryFile() as file:
        pickle.dump(text, file)
        file.flush()
        given = [sys.executable, "-c", code, file.name]
        out = subprocess.run(given, cwd=ROOT, capture_output=True, text=True, check=True)
    before, after = map(int, out.stdout.split()[-2:])
    return (after - before) / 1e3


def memory(megabytes):
    several = texts(megabytes)
    ours, theirs = peak("ours_matrix", frame(several)), peak("jieba_gensim", several)
    print(f"peak memory beside {megabytes:.0f} MB of text: ours {ours:.0f} MB, jieba + gensim {theirs:.0f}")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mb", type=float, default=10)
    options.add_argument("--memory", type=float)
    options.add_argument("--reports", action="store_true")
    given = options.parse_args()
    logging.getLogger("toolkit").setLevel(logging.ERROR)
    logging.getLogger("jieba").setLevel(logging.ERROR)
    if given.memory:
        memory(given.memory)
        return
    megabytes = given.mb
    several = reports(megabytes) if given.reports else texts(megabytes)
    docs = frame(several)
    _large.LARGE = 0  # the compiled engine, loaded before the clock starts
    words.cut(several[:100])
    ours_matrix(docs.head(2000))
    rjieba_scikit(several[:100]), jieba_lists(several[:10])

    ours, table = seconds(ours_matrix, docs)
    theirs, other = seconds(jieba_gensim, several, rounds=1)
    assert table.sum() == other.sum()
    assert table.shape == other.shape
    against("text → document-term matrix", ours, theirs, "jieba + gensim", megabytes)
    theirs = seconds(rjieba_scikit, several)[0]
    against("text → document-term matrix", ours, theirs, "rjieba + scikit-learn", megabytes)

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
    _large.kernel()
    del found, expected

    entries = lexicon.read().head(500)
    forms = len(lexicon.surfaces(entries))
    ours, hits = seconds(ours_track, docs, entries)
    theirs, raw = seconds(pandas_track, docs["text"], entries, rounds=1)
    assert hits <= raw or forms == 0
    task = f"tracking {forms} forms of {len(entries)} formulations"
    against(task, ours, theirs, "pandas str.count loop", megabytes)

    ten = frame(reports(10 * megabytes) if given.reports else texts(10 * megabytes))
    for task, call in (("matrix", ours_matrix), ("track", lambda given: ours_track(given, entries))):
        growth = seconds(call, ten)[0] / seconds(call, docs)[0]
        print(f"{task}: ten times the text takes {growth:.1f} times as long")
    memory(4 * megabytes)


if __name__ == "__main__":
    main()
