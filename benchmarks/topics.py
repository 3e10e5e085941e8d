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
        for seed in (1, 2, 3):
            took, cpu, model = seconds(
                lambda seed=seed, threads=threads: topics.fit(
                    counts, k=K, method="stm", prevalence=FORMULA, seed=seed, threads=threads
                )
            )
            print(
                f"ours, seed {seed}, threads {threads} {took:7.1f} s ({cpu:.1f})  {model.bound:.0f}",
                flush=True,
            )


def heldout(beta, table):
    """Log-likelihood per word of half of each document, its shares folded in from the other half."""
    rng = np.random.default_rng(1)
    seen = table.copy()
    seen.data = rng.binomial(table.data, 0.5)
    left, right = seen.toarray().astype(float), (table - seen).toarray()
    theta = np.full((len(left), len(beta)), 1 / len(beta))
    for _ in range(60):
        theta = theta * ((left / np.maximum(theta @ beta, 1e-300)) @ beta.T) + 0.1
        theta /= theta.sum(axis=1, keepdims=True)
    return (right * np.log(np.maximum(theta @ beta, 1e-300))).sum() / right.sum()


def _gensim_multicore(table, terms, steps):
    from gensim.matutils import Sparse2Corpus
    from gensim.models import LdaMulticore

    bags = list(Sparse2Corpus(table, documents_columns=False))
    names = dict(enumerate(terms))
    return LdaMulticore(
        bags, K, id2word=names, passes=steps, workers=2, eta="auto", random_state=1, eval_every=None
    ).get_topics()


def _tomotopy(table, terms, steps):
    import tomotopy

    model = tomotopy.LDAModel(k=K, seed=1)
    for words in _engines.tokens(table, terms):
        model.add_doc(words)
    model.train(steps, workers=2)
    found = np.array([model.get_topic_word_dist(topic) for topic in range(K)])
    return (
        pd.DataFrame(found, columns=list(model.used_vocabs)).reindex(columns=terms, fill_value=0).to_numpy()
    )


def _ours(table, terms, steps):
    return _engines.ENGINES["lda"](table, terms, K, 1, iterations=steps)["beta"]


def plain(counts):
    print("\nLDA, k = 20: seconds and held-out log-likelihood per word, a tenth of the documents held out")
    table, _, _, terms = _fit._table(counts, None)
    out = np.random.default_rng(0).random(table.shape[0]) < 0.1
    train, test = table[~out], table[out]
    runs = {
        "ours (cvb0)": (_ours, (20, 50)),
        "tomotopy, 2 workers": (_tomotopy, (50, 200, 500)),
        "gensim multicore, 2 workers": (_gensim_multicore, (5, 20)),
    }
    for name, (run, many) in runs.items():
        for steps in many:
            try:
                took, cpu, beta = seconds(lambda run=run, steps=steps: run(train, terms, steps))
            except ModuleNotFoundError as error:
                print(f"{name:28s} {error}")
                break
            print(f"{name:28s} {steps:4d} {took:6.1f} s ({cpu:.1f})  {heldout(beta, test):.3f}", flush=True)


def linear(counts):
    print("\nseconds by number of documents (30 steps of LDA; 10 of the structural model)")
    ids = np.random.default_rng(1).permutation(counts["doc_id"].unique())
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
            f"{many:6d} documents  lda {lda:.1f} ({lda_cpu:.1f})  stm {stm:.1f} ({stm_cpu:.1f})", flush=True
        )


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if sys.argv[1:] else STORED
    if folder.exists():
        counts = stored_counts(folder)
    else:
        counts = simulate.topics(K, size={"documents": 75, "words": 100, "vocabulary": 5000})[0]
        counts["doc_id"] = counts["doc_id"] + "-" + counts.pop("paragraph").astype(str)
    structural(counts, folder)
    plain(counts)
    linear(counts)
