"""How good and how fast are the topic models, beside what one would take instead?

    python benchmarks/topics.py [the folder of R's stored fit]

Three tables: the structural model against the stored fit of R's stm (bound and seconds on two cores), LDA
against gensim's multicore and tomotopy (seconds until a held-out likelihood is reached), and seconds by
number of documents; in brackets the seconds that processors were busy, which other work on the machine does
not lengthen much. The documents are R's 4,644 paragraphs of the provincial reports where the folder is given
or stands beside the checkout, else made up.
"""

import gzip
import os
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

from toolkit import simulate, topics
from toolkit.topics import _engines, _fit

STORED = Path(__file__).parents[2] / "shared" / "reference" / "stm_in_r"
FORMULA = "C(province) + C(year)"
K = 20


def stored_counts(folder):
    terms = (folder / "vocabulary.txt").read_text("utf8").split()
    with gzip.open(folder / "documents.ldac.gz", "rt") as file:
        rows = [(d, *map(int, pair.split(":"))) for d, line in enumerate(file) for pair in line.split()[1:]]
    cells = pd.DataFrame(rows, columns=["doc_id", "term", "n"])
    cells["term"] = np.array(terms, object)[cells["term"]]
    return cells.merge(pd.read_csv(folder / "metadata.csv"), left_on="doc_id", right_index=True)


def seconds(call):
    """Seconds by the clock, processor seconds of all threads and children, and what the call gave."""
    start, busy = time.perf_counter(), sum(os.times()[:4])
    out = call()
    return time.perf_counter() - start, sum(os.times()[:4]) - busy, out


def structural(counts, folder):
    print("\nstructural model, k = 20, covariates province and year")
    if (folder / "fit.txt").exists():
        theirs = dict(line.split() for line in (folder / "fit.txt").read_text().splitlines()[:3])
        print(f"R stm 1.3.7 (stored)   {float(theirs['fit_seconds']):7.1f} s  bound {theirs['bound']}")
    for threads in (2, 1):
        for seed in (1, 2, 3)[: 3 * threads - 3 or 1]:
            took, cpu, model = seconds(
                lambda seed=seed, threads=threads: topics.fit(
                    counts, k=K, method="stm", prevalence=FORMULA, seed=seed, threads=threads
                )
            )
            name = f"ours, seed {seed}, threads {threads}"
            print(f"{name} {took:7.1f} s ({cpu:.1f})  bound {model.bound:.0f}", flush=True)


def linear(counts):
    print("\nseconds by number of documents (30 steps of LDA; 10 of the structural model)")
    ids = counts["doc_id"].unique()
    start = topics.terms(topics.fit(counts, k=K, iterations=30))
    for part in (0.25, 0.5, 1, 2):
        some = counts[counts["doc_id"].isin(ids[: int(part * len(ids))])]
        if part > 1:
            some = pd.concat([counts, counts.assign(doc_id=counts["doc_id"].astype(str) + "'")])
            some["doc_id"] = some["doc_id"].astype(str)
        lda, lda_cpu, _ = seconds(lambda some=some: topics.fit(some, k=K, iterations=30))
        stm, stm_cpu, _ = seconds(
            lambda some=some: topics.fit(
                some, k=K, method="stm", prevalence="C(year)", start=start, iterations=10, tolerance=0
            )
        )
        many = some["doc_id"].nunique()
        print(
            f"{many:6d} documents  lda {lda:.1f} s ({lda_cpu:.1f})  stm {stm:.1f} s ({stm_cpu:.1f})",
            flush=True,
        )


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if sys.argv[1:] else STORED
    if folder.exists():
        counts = stored_counts(folder)
    else:
        counts = simulate.topics(K, size={"documents": 75, "words": 100, "vocabulary": 5000})[0]
        counts["doc_id"] = counts["doc_id"] + "-" + counts.pop("paragraph").astype(str)
    plain(counts)
    linear(counts)
    structural(counts, folder)
