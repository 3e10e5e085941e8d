"""How long does a comparison take beside the pandas loop that a user would write, and how does it grow?

Same counts, same run, best of three; both sides give the same numbers (checked). First the log-odds of one
province against the others, with documents and provinces per term; then the test by whole documents, beside
a loop over the terms. Growth is our time for ten times the documents over our time for the first.

    python benchmarks/compare.py
"""

import logging
from time import perf_counter

import numpy as np
import pandas as pd

from toolkit import compare, simulate

logging.getLogger("toolkit").setLevel(logging.ERROR)


def pandas_log_odds(counts, prior=500):
    inside = counts["province"].eq("33")
    a = counts[inside].groupby("term")["n"].sum()
    b = counts[~inside].groupby("term")["n"].sum()
    table = pd.concat([a.rename("a"), b.rename("b")], axis=1).fillna(0)
    table["docs"] = counts.groupby("term")["doc_id"].nunique()
    table["provinces"] = counts.groupby("term")["province"].nunique()
    weight = prior * (table["a"] + table["b"]) / counts["n"].sum()
    n_a, n_b = table["a"].sum(), table["b"].sum()
    odds_a = np.log((table["a"] + weight) / (n_a + prior - table["a"] - weight))
    odds_b = np.log((table["b"] + weight) / (n_b + prior - table["b"] - weight))
    return table.assign(score=odds_a - odds_b)


def pandas_spread(counts):
    """Sum of squared deviations of each term's counts between documents, term by term."""
    words = counts.groupby("doc_id")["n"].sum()
    squares = {}
    for term, rows in counts.groupby("term"):
        seen = rows.groupby("doc_id")["n"].sum().reindex(words.index, fill_value=0)
        squares[term] = ((seen - seen.sum() / words.sum() * words) ** 2).sum()
    return squares


def our_log_odds(counts):
    return compare.log_odds(counts, by="province", target="33", min_count=1)


def our_test(counts):
    return compare.keyness(counts, by="province", target="33", cluster="doc_id")


PAIRS = {"log-odds": (our_log_odds, pandas_log_odds, 3), "test by documents": (our_test, pandas_spread, 1)}


def seconds(work, counts, times=3):
    taken = []
    for _ in range(times):
        start = perf_counter()
        result = work(counts)
        taken.append(perf_counter() - start)
    return min(taken), result


def benchmark():
    rows, first = [], {}
    for documents in (2, 20):
        size = {"documents": documents, "words": 5000, "vocabulary": 10_000}
        counts, _ = simulate.counts({"平安建设": 10}, size=size)
        for name, (ours, theirs, times) in PAIRS.items():
            mine, scores = seconds(ours, counts)
            other, table = seconds(theirs, counts, times)
            if name == "log-odds":
                due = table.loc[scores["term"]]
                assert np.allclose(scores["score"], due["score"])
                assert (
                    scores[["docs", "provinces"]].to_numpy() == due[["docs", "provinces"]].to_numpy()
                ).all()
            first.setdefault(name, mine)
            rows.append(
                {"what": name, "documents": documents * 31, "rows": len(counts), "ours": mine,
                 "pandas": other, "ratio": other / mine, "growth": mine / first[name]}
            )  # fmt: skip
    return pd.DataFrame(rows)


if __name__ == "__main__":
    print(benchmark().round(3).to_string(index=False))
