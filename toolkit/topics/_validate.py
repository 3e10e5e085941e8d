"""Can readers tell the topics apart? Intrusion tasks, and how well their answers agree."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pandas as pd

from toolkit import _check
from toolkit.topics import _fit, _labels
from toolkit.topics._choose import _wilson

log = logging.getLogger(__name__)


def intrusion(
    model: SimpleNamespace,
    *,
    kind: str = "words",
    n: int | None = None,
    texts: pd.DataFrame | None = None,
    seed: int = 1,
) -> pd.DataFrame:
    """Make tasks in which one choice does not belong; a topic that means something gives it away.

    Parameters
    ----------
    model
        What `fit` returned.
    kind
        ``"words"``: five first words of a topic and one that is improbable in it but first in another
        (Chang et al. 2009). ``"topics"``: a document, its three strongest topics and one of its weakest
        half, each by eight words. ``"word sets"``: three sets of four of a topic's twenty first words and
        one set of another topic (Ying et al. 2022).
    n
        How many tasks; one for each topic if None (for ``"topics"`` twenty).
    texts
        For ``"topics"``: columns that name a document as the counts did, and ``text``. Without it a
        document is shown by its thirty most frequent words.
    seed
        Seed of the draws.

    Returns
    -------
    DataFrame
        ``task`` (1 …), ``kind``, ``topic`` (for ``"topics"``: the intruder), ``text`` (the document, else
        empty), ``choices`` (parted by ``|``, in random order), ``answer`` (the number of the intruder, from
        1), ``tasks`` (a short hash of all tasks).

    Raises
    ------
    ValueError
        If the kind is unknown or the model has too few topics or terms.

    References
    ----------
    Chang, J. et al. (2009). Reading tea leaves: How humans interpret topic models. NIPS. Ying, L.,
    Montgomery, J. M. and Stewart, B. M. (2022). Topics, concepts, and measurement: A crowdsourced procedure
    for validating topics as measures. Political Analysis 30, 570–589.

    Examples
    --------
    >>> from toolkit import topics
    >>> counts = pd.DataFrame({"doc_id": [i // 10 for i in range(40)], "n": 9})
    >>> counts["term"] = [f"词{i}" for i in range(40)]
    >>> tasks = intrusion(topics.fit(counts, k=2))
    >>> tasks["choices"].str.count("[|]").tolist(), tasks["answer"].between(1, 6).all()
    ([5, 5], np.True_)
    """
    _fit.fitted(model)
    make = KINDS[_check.one_of(kind, KINDS, "kind")]
    least = {"words": 2, "word sets": 2, "topics": 6}[kind]
    if model.k < least or len(model.terms) < 2 * model.k + 20:
        raise ValueError(
            f"kind={kind!r} needs {least} topics and 2 k + 20 terms or more; the model has {model.k} topics "
            f"and {len(model.terms)} terms."
        )
    n = (20 if kind == "topics" else model.k) if n is None else n
    _check.whole(n, 1, "n")
    _check.whole(seed, 0, "seed")
    rng = np.random.default_rng(seed)
    order = np.argsort(-model.beta, axis=1, kind="stable")
    rows = []
    subjects = np.resize(rng.permutation(model.k), n) if kind != "topics" else _documents(model, n, rng)
    for task, subject in enumerate(subjects.tolist(), 1):
        topic, text, good, bad = make(model, subject, order, rng)
        place = int(rng.integers(len(good) + 1))
        choices = [*good[:place], bad, *good[place:]]
        rows.append((task, kind, topic + 1, text, "|".join(choices), place + 1, subject))
    out = pd.DataFrame(rows, columns=["task", "kind", "topic", "text", "choices", "answer", "_row"])
    if texts is not None and kind == "topics":
        names = model.documents.iloc[out["_row"]].reset_index(drop=True)
        out["text"] = _labels.texts_of(names, texts).fillna(out["text"])
    mark = hashlib.sha256(out[["task", "text", "choices"]].to_csv().encode()).hexdigest()[:8]
    return out.drop(columns="_row").assign(tasks=f"t{mark}")  # the letter: no reader takes it for a number


def _documents(model: SimpleNamespace, n: int, rng: np.random.Generator) -> np.ndarray:
    """Documents of middling length or more, drawn without repetition."""
    long = np.asarray(model.table.sum(axis=1)).ravel()
    there = np.flatnonzero(long >= np.median(long))
    if n > len(there):
        log.warning("%d tasks, not %d: no more documents are of middling length or longer", len(there), n)
    return rng.choice(there, min(n, len(there)), False)


def _words(model: SimpleNamespace, topic: int, order: np.ndarray, rng: np.random.Generator) -> tuple:
    """Five words of the topic; the intruder is first in another and in the less probable half here."""
    weak, others = order[topic, len(model.terms) // 2 :], np.delete(order, topic, axis=0)
    able = np.intersect1d(weak, others[:, :10])
    able = able if len(able) else order[topic, -1:]
    good = rng.permutation(model.terms[order[topic, :5]]).tolist()
    return topic, "", good, str(model.terms[rng.choice(able)])


def _topics(model: SimpleNamespace, document: int, order: np.ndarray, rng: np.random.Generator) -> tuple:
    """The document's three strongest topics and one of its weakest half."""
    ranked = np.argsort(-model.theta[document], kind="stable")
    intruder = int(rng.choice(ranked[model.k // 2 + 1 :]))
    shown = [" ".join(model.terms[order[topic, :8]]) for topic in [*rng.permutation(ranked[:3]), intruder]]
    row = model.table[document]
    most = row.indices[np.argsort(-row.data, kind="stable")[:30]]
    return intruder, " ".join(model.terms[most]), shown[:3], shown[3]


def _word_sets(model: SimpleNamespace, topic: int, order: np.ndarray, rng: np.random.Generator) -> tuple:
    """Three sets of four of the topic's twenty first words, one of another topic's."""
    own = model.terms[rng.permutation(order[topic, :20])]
    foreign = np.setdiff1d(rng.choice(np.delete(order, topic, axis=0))[:20], order[topic, :20])
    foreign = foreign if len(foreign) >= 4 else order[topic, -4:]
    sets = [" ".join(own[i : i + 4]) for i in (0, 4, 8)]
    return topic, "", sets, " ".join(model.terms[rng.permutation(foreign)[:4]])


KINDS: dict[str, Callable[..., tuple]] = {"words": _words, "topics": _topics, "word sets": _word_sets}


def agreement(answers: pd.DataFrame, *, tasks: pd.DataFrame) -> pd.DataFrame:
    """How often coders found the intruder, and how well they agree.

    Parameters
    ----------
    answers
        A row per coder and task, as `widgets.code` writes them: ``task``, ``coder``, ``choice`` (from 1; NA
        where a coder passed). With ``tasks`` (their hash) or ``kind`` too, tasks of several kinds may stand
        in one frame; without, the number of a task must tell which it is.
    tasks
        What `intrusion` made.

    Returns
    -------
    DataFrame
        A row for all tasks (``topic`` NA) and one for each topic: ``kind``, ``topic``, ``precision`` (share
        of right answers), ``low``, ``high`` (Wilson's 95 % interval; coders of one task are alike, so that
        tasks and not answers are counted), ``chance`` (by guessing), ``alpha`` (Krippendorff's, nominal,
        over the choices; NA with one coder), ``tasks``, ``answers``, ``coders``.

    Raises
    ------
    KeyError, ValueError
        If a column is missing, an answer is to no such task, a coder answered twice, or a choice is none.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania,
    section C. Chang et al. (2009), eq. 1.

    Examples
    --------
    >>> tasks = pd.DataFrame({"task": [1, 2], "kind": "words", "topic": [1, 2], "choices": "甲|乙"})
    >>> tasks["answer"] = 1
    >>> answers = pd.DataFrame({"task": [1, 2, 1, 2], "coder": list("aabb"), "choice": [1, 2, 1, 2]})
    >>> agreement(answers, tasks=tasks)[["precision", "alpha"]].iloc[0].tolist()
    [0.5, 1.0]
    """
    _check.columns(answers, "task", "coder", "choice", what="answers")
    _check.columns(tasks, "task", "kind", "topic", "choices", "answer", what="tasks")
    keys = ["task", *({"tasks", "kind"} & set(answers.columns) & set(tasks.columns))]
    answers, tasks = (one.assign(**{key: one[key].astype(str) for key in keys}) for one in (answers, tasks))
    number = pd.to_numeric(answers["choice"], errors="coerce")
    passed = answers["choice"].isna() | answers["choice"].astype(str).eq("")
    answers["choice"] = number.mask(number.isna() & ~passed, -1)
    if answers[["task", "coder"]].isna().any(axis=None):
        raise ValueError(
            "answers has rows without a task or a coder; read_csv(…, keep_default_na=False) keeps one 'NA'."
        )
    if tasks.duplicated(keys).any():
        raise ValueError(f"tasks has several tasks of one {' and '.join(keys)}; give answers a column tasks.")
    given = answers.dropna(subset=["choice"])
    if given.duplicated([*keys, "coder"]).any():
        raise ValueError("a coder has answered one task twice; keep one row for each coder and task.")
    _check.not_empty(given, "answers", "let at least one coder answer")
    of_tasks = tasks[[*{*keys, "kind", "topic", "choices", "answer"}]]
    both = given[[*keys, "coder", "choice"]].merge(of_tasks, how="left", on=keys)
    lost = both.loc[both["answer"].isna(), keys].drop_duplicates()
    if len(lost):
        given_to = ", ".join(f"{key} {value}" for key, value in lost.iloc[0].items())
        raise ValueError(f"answers are given to {len(lost)} tasks which tasks does not hold ({given_to} …).")
    both["task"] = both.groupby(keys).ngroup()
    size = both["choices"].str.count("[|]") + 1
    if not (both["choice"].between(1, size) & (both["choice"] % 1 == 0)).all():
        raise ValueError("a choice is not among the numbers of its task's choices; they count from 1.")
    lacking = len(answers) - len(given)
    if lacking:
        log.info("%d of %d answers are missing and count for nothing", lacking, len(answers))
    both = both.assign(right=both["choice"].eq(both["answer"]), chance=1 / size)
    rows = []
    for kind, of_kind in both.groupby("kind", sort=False):
        rows.append({"kind": kind, "topic": pd.NA, **_summary(of_kind)})
        rows += [{"kind": kind, "topic": topic, **_summary(one)} for topic, one in of_kind.groupby("topic")]
    return pd.DataFrame(rows).astype({"topic": "Int64"})


def _summary(both: pd.DataFrame) -> dict[str, object]:
    tasks = both["task"].nunique()
    share = both.groupby("task")["right"].mean().mean()
    low, high = _wilson(np.array(share), tasks)
    table = both.pivot(index="coder", columns="task", values="choice").to_numpy(float, na_value=np.nan)
    return {
        "precision": share, "low": float(low), "high": float(high),
        "chance": both["chance"].mean(), "alpha": _alpha(table), "tasks": tasks, "answers": len(both),
        "coders": both["coder"].nunique(),
    }  # fmt: skip


def _alpha(table: np.ndarray) -> float:
    """Krippendorff's nominal alpha of coders × units; NaN where nothing can be compared."""
    values = np.unique(table[~np.isnan(table)])
    counts = np.array([(table == value).sum(axis=0) for value in values], float)
    counts = counts[:, counts.sum(axis=0) > 1]
    made = counts.sum(axis=0)
    total, of_value = made.sum(), counts.sum(axis=1)
    due = total**2 - (of_value**2).sum()
    if due == 0:
        return float("nan")
    seen = ((made**2 - (counts**2).sum(axis=0)) / (made - 1)).sum()
    return float(1 - (total - 1) * seen / due)
