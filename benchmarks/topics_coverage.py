"""Do the topics come back, and do the intervals of `topics.effect` cover what was planted?

    OPENBLAS_NUM_THREADS=1 python benchmarks/topics_coverage.py 250

Each replication simulates the work reports of 31 provinces in two years (620 paragraphs of 60 words, five
topics), fits the structural model with province and year, and compares. ``topics_coverage.csv`` has a row per
planted corpus and quantity: the share of 95 % intervals that hold the truth, and the share of p < 0.05.
"""

import sys
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from toolkit import simulate, topics

PLANTED = {"effects": {}, "no effects": {"province": 0, "year": 0}}
FORMULA = "C(province) + C(year)"


def replicate(spread, seed):
    """Yield quantity, estimates with the truth beside them; first the least matched cosine."""
    counts, terms, shares = simulate.topics(5, spread=spread, seed=seed)
    model = topics.fit(counts, k=5, method="stm", prevalence=FORMULA, seed=seed, threads=1)
    pairs = topics.match(model, other=terms)
    yield "cosine", pairs
    truth = shares.merge(pairs, left_on="topic", right_on="other", suffixes=("_planted", ""))
    by_year = truth.groupby(["topic", "year"])[["share", "population"]].mean().reset_index()
    by_province = truth.groupby(["topic", "province"])["share"].mean().reset_index()
    change = by_year.pivot(index="topic", columns="year", values="share").diff(axis=1)
    total = by_province.groupby("topic")["share"].transform("sum")
    many = by_province["province"].nunique()
    rest = by_province["share"] - (total - by_province["share"]) / (many - 1)
    found = {
        "share of a year": (topics.effect(model, by="year"), by_year.drop(columns="share"), "population"),
        "share of a province": (topics.effect(model, by="province"), by_province, "share"),
        "change between years": (
            topics.contrasts(model, by="year", against=2025), change[[2026]].reset_index(), 2026),
        "province against the rest": (
            topics.contrasts(model, by="province"), by_province.assign(share=rest), "share"),
    }  # fmt: skip
    for quantity, (frame, planted, column) in found.items():
        yield quantity, frame.merge(planted.rename(columns={column: "truth"}))


def main(replications):
    rows = []
    for name, spread in PLANTED.items():
        for seed in tqdm(range(1, replications + 1), name):
            for quantity, frame in replicate(spread, seed):
                if quantity == "cosine":
                    rows.append({"quantity": "topics come back", "cosine": frame["cosine"].min()})
                else:
                    held = frame["truth"].between(frame["low"], frame["high"])
                    rows.append({"quantity": quantity, "covered": held.mean()})
                    if "p" in frame:
                        rows[-1] |= {"alarms": frame["p"].lt(0.05).mean(), "any_q": frame["q"].lt(0.05).any()}
                rows[-1] |= {"planted": name, "seed": seed}
    table = pd.DataFrame(rows).astype({"any_q": float})
    grouped = table.groupby(["planted", "quantity"])
    out = grouped[["covered", "alarms", "any_q", "cosine"]].mean()
    out["covered_se"] = grouped["covered"].sem()
    out["least_cosine"] = grouped["cosine"].min()
    out["replications"] = grouped.size()
    out.round(4).to_csv(Path(__file__).with_suffix(".csv"))
    print(out.round(3).to_string())


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 250)
