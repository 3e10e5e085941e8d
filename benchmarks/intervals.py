"""Do 95 % intervals hold the planted truth 95 % of the time, and 5 % tests raise 5 % false alarms?

Prints a table and keeps it as ``benchmarks/intervals.csv``. Columns: question; clusters (provinces); spread
(standard deviation of a word's log rate between provinces and, again, between documents; between the real
reports of 31 provinces it is 0.3 in the median, 0.5 for the worst tenth of words said ten times a province);
amount (the same, of the provinces' quantities of text; 0.25 in the real reports); count (expected occurrences
per province); cases; ours and naive (the share of intervals that hold the truth, or of tests with p < 0.05
where nothing differs; naive takes words as independent); width (median width of our interval over the true
rate). The last rows draw the sides by lot from the real provincial reports.

    python benchmarks/intervals.py            # some four minutes on one core
"""

import logging
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats
from tqdm.auto import tqdm

from toolkit import compare, load, places, simulate, trend

TABLE = Path(__file__).with_suffix(".csv")
WORDS = 4000  # words of a province: four documents of a thousand
COUNTS = (0.1, 1, 10)
CORPORA, TERMS = 20, 50


def corpus(clusters, spread, amount, seed, **given):
    size = {"documents": 4, "words": 1000} | given.pop("size", {})
    effects = {"province": spread, "document": spread, "amount": amount}
    return simulate.counts(**given, provinces=clusters, size=size, spread=effects, seed=seed)[0]


def intervals(clusters, spread, amount):
    """Does the interval hold the planted rate? In a year before, each province says every term once."""
    planted = {f"{count}-{i}": count / WORDS * trend.PER for count in COUNTS for i in range(TERMS)}
    before = pd.DataFrame({"term": list(planted), "year": 2024, "n": 1})
    bands = []
    for seed in range(CORPORA):
        counts = corpus(clusters, spread, amount, seed, planted=planted, size={"vocabulary": 2})
        known = before.merge(counts[["province"]].drop_duplicates(), how="cross")
        bands.append(trend.band(pd.concat([counts, known]), term=list(planted)).query("year == 2025"))
    bands = pd.concat(bands)
    count = bands["term"].str.split("-").str[0].astype(float)
    truth, words = count / WORDS * trend.PER, bands["total"] / trend.PER
    low, high = (stats.gamma.ppf(p, bands["n"] + more) / words for p, more in ((0.025, 1e-9), (0.975, 1)))
    return pd.DataFrame(
        {
            "count": count,
            "ours": (bands["low"].le(truth) & bands["high"].ge(truth)).where(bands["low"].notna()),
            "naive": (low <= truth) & (high >= truth),
            "width": (bands["high"] - bands["low"]) / truth,
        }
    )


def alarms(clusters, spread, amount, given, cluster):
    tests = []
    for seed in range(CORPORA // 2):
        counts = corpus(clusters, spread, amount, seed, planted={"平安": 1}, years=(2024, 2025))
        ours = compare.keyness(counts, **given, cluster=cluster).set_index("term")["p"]
        naive = compare.keyness(counts, **given).set_index("term")["p"]
        tests.append(pd.DataFrame({"ours": ours.lt(0.05), "naive": naive.reindex(ours.index).lt(0.05)}))
    return pd.concat(tests)


def real_alarms(cluster, share):
    """Of the real provincial reports, a share of the clusters drawn by lot is set against the others."""
    counts = load.counts("provincial_reports")
    units = counts["province" if cluster == "province" else "doc_id"]
    units = units + "-" + counts["paragraph"].astype(str) if cluster == "paragraph" else units
    tests = []
    for seed in range(CORPORA):
        lot = pd.Series(np.random.default_rng(seed).random(units.nunique()), sorted(units.unique()))
        drawn = counts.assign(drawn=units.map(lot.rank().le(max(2, round(share * len(lot))))))
        ours = compare.keyness(drawn, by="drawn", target=True, cluster=cluster).set_index("term")["p"]
        naive = compare.keyness(drawn, by="drawn", target=True).set_index("term")["p"]
        tests.append(pd.DataFrame({"ours": ours.lt(0.05), "naive": naive.reindex(ours.index).lt(0.05)}))
    return pd.concat(tests)


def coverage():
    rows = []
    grid = list(product((31, 12, 8, 5), (0.3, 0.5, 0.8), (0.25, 0.8)))
    for clusters, spread, amount in tqdm(grid, desc="intervals"):
        for count, one in intervals(clusters, spread, amount).groupby("count"):
            rows.append(
                {"question": "interval", "clusters": clusters, "spread": spread, "amount": amount,
                 "count": count, "cases": len(one), "ours": one["ours"].mean(),
                 "naive": one["naive"].mean(), "width": one["width"].median()}
            )  # fmt: skip
    every = places.provinces()["province"].tolist()
    designs = {
        "alarm, provinces compared": ({"by": "province", "target": every[:3]}, "province"),
        "alarm, years compared by province": ({"by": "year", "target": 2025}, "province"),
        "alarm, years compared by document": ({"by": "year", "target": 2025}, "doc_id"),
    }
    grid = list(product(designs, (31, 12), (0.3, 0.8), (0.25, 0.8)))
    for question, clusters, spread, amount in tqdm(grid, desc="alarms"):
        one = alarms(clusters, spread, amount, *designs[question])
        rows.append(
            {"question": question, "clusters": clusters, "spread": spread, "amount": amount,
             "cases": len(one), "ours": one["ours"].mean(), "naive": one["naive"].mean()}
        )  # fmt: skip
    for cluster, share in tqdm(list(product(("province", "doc_id", "paragraph"), (0.03, 0.25))), desc="real"):
        one = real_alarms(cluster, share)
        question = f"alarm, real reports, {share:.0%} of {cluster} by lot"
        rows.append(
            {
                "question": question,
                "cases": len(one),
                "ours": one["ours"].mean(),
                "naive": one["naive"].mean(),
            }
        )
    return pd.DataFrame(rows)


if __name__ == "__main__":
    logging.getLogger("toolkit").setLevel(logging.ERROR)
    table = coverage().round(3).astype({"clusters": "Int64"})
    table.to_csv(TABLE, index=False)
    print(table.to_string(index=False))
