"""The engines, each behind one small function: the only file that knows topica and gensim.

An engine takes a matrix of documents × terms and gives ``beta`` (topics × terms, rows sum to one), ``theta``
(documents × topics, rows sum to one), and where it can ``draws``, a function (how many, seed) → draws of
theta from its posterior (draws × documents × topics), and ``bound``.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeAlias

import numpy as np
import topica as _topica
from scipy import sparse, special
from threadpoolctl import threadpool_limits
from tqdm.auto import tqdm

topica: Any = _topica  # its type stub lacks half of its names

PROPOSALS = 4  # for each draw of a document's shares
Table: TypeAlias = sparse.csr_matrix
Made: TypeAlias = dict[str, Any]
one_thread = threadpool_limits.wrap(limits=1, user_api="blas")  # sums of two threads end in other digits
SCREEN = 6  # EM steps after which the starts of a structural model are compared


def tokens(table: Table, terms: np.ndarray) -> list[list[str]]:
    """Each document as a list of its words, in the order of the terms."""
    return _by_document(table, terms[table.indices])


def _by_document(table: Table, each: np.ndarray) -> list[list]:
    """What stands for each cell, as often as the cell says, a list for each document."""
    ends = np.cumsum(np.asarray(table.sum(axis=1)).ravel())[:-1]
    return [part.tolist() for part in np.split(np.repeat(each, table.data), ends)]


def _corpus(table: Table, terms: np.ndarray) -> topica.Corpus:
    return topica.Corpus.from_documents(tokens(table, terms), vocabulary=terms.tolist())


@contextmanager
def _bar(total: int, what: str) -> Iterator[Callable]:
    """A progress bar, shown after a second, as the callback that topica asks for."""
    with tqdm(total=total, desc=what, delay=1, leave=False) as bar:
        yield lambda step, *rest: bar.update(step - bar.n) and None


def _result(model: Any, corpus: topica.Corpus, **more: Any) -> Made:
    return {
        "engine": model,
        "beta": np.asarray(model.topic_word, float),
        "theta": np.asarray(model.doc_topic, float),
        "draws": partial(_draws, model, corpus),
        **more,
    }


def _draws(model: Any, corpus: topica.Corpus, n: int, seed: int) -> np.ndarray:
    return np.asarray(topica.composition_theta(model, corpus, nsims=n, seed=seed))


@one_thread
def _resampled(model: Any, table: Table, design: np.ndarray, n: int, seed: int) -> np.ndarray:
    """Draws by sampling-importance-resampling (Rubin 1988).

    The engine's posterior is normal around its mode (Laplace) and pulls rare and common topics to the
    middle; its draws are kept as often as words and prior make them likelier than it does.
    """
    rng, beta = np.random.default_rng(seed), np.asarray(model.topic_word, float)
    middle, root = np.asarray(model.eta_mean, float), np.linalg.cholesky(np.asarray(model.eta_cov, float))
    due = np.column_stack([np.ones(len(design)), design]) @ np.asarray(model.prevalence_effects, float)
    precision = np.linalg.inv(np.asarray(model.topic_covariance, float))
    out = np.empty((n, len(middle), len(beta)))
    for number, (first, last) in enumerate(itertools.pairwise(table.indptr)):
        noise = rng.standard_normal((PROPOSALS * n, middle.shape[1]))
        odds = middle[number] + noise @ root[number].T
        theta = special.softmax(np.column_stack([odds, np.zeros(len(odds))]), axis=1)
        fit = np.log(np.maximum(theta @ beta[:, table.indices[first:last]], 1e-300)) @ table.data[first:last]
        off = odds - due[number]
        weight = special.softmax(fit - ((off @ precision) * off).sum(axis=1) / 2 + (noise**2).sum(axis=1) / 2)
        chosen = np.searchsorted(np.cumsum(weight), (rng.random() + np.arange(n)) / n)
        out[:, number] = theta[rng.permutation(np.minimum(chosen, len(theta) - 1))]
    return out


def _lda(table: Table, terms: np.ndarray, k: int, seed: int, *, iterations: int = 100) -> Made:
    """Collapsed variational Bayes of order zero (Asuncion et al. 2009); one thread."""
    corpus = _corpus(table, terms)
    model = topica.LDA(k, seed=seed, sampler="cvb0")
    with _bar(iterations, "lda") as progress:
        model.fit(corpus, iters=iterations, progress=progress, progress_interval=1)
    return _result(model, corpus)


def _gensim(table: Table, terms: np.ndarray, k: int, seed: int, *, iterations: int = 40) -> Made:
    """Online variational Bayes, here over the whole corpus at once (Hoffman et al. 2010)."""
    from gensim.matutils import Sparse2Corpus
    from gensim.models import LdaModel

    bags = list(Sparse2Corpus(table, documents_columns=False))
    model = LdaModel(
        bags, num_topics=k, id2word=dict(enumerate(terms)), chunksize=len(bags), passes=iterations,
        alpha="auto", eta="auto", eval_every=None, random_state=seed, dtype=np.float64,
    )  # fmt: skip
    gamma = model.inference(bags)[0]

    def draws(n: int, seed: int) -> np.ndarray:
        amounts = np.random.default_rng(seed).standard_gamma(gamma, (n, *gamma.shape))
        return amounts / amounts.sum(axis=2, keepdims=True)

    theta = gamma / gamma.sum(axis=1, keepdims=True)
    return {"engine": model, "beta": model.get_topics(), "theta": theta, "draws": draws}


def _stm(
    table: Table, terms: np.ndarray, k: int, seed: int, *, design: np.ndarray,
    start: np.ndarray | None = None, content: Sequence[str] | None = None, restarts: int = 3,
    iterations: int = 500, tolerance: float = 1e-5, threads: int | None = None,
) -> Made:  # fmt: skip
    """The structural model from the best of `restarts` quick LDA fits, or from `start`."""
    cores = os.cpu_count() or 1
    corpus, threads = _corpus(table, terms), min(threads or cores, cores)

    def run(beta: np.ndarray, steps: int, name: str) -> Any:
        how = {"content": content, "iters": steps, "convergence_tol": tolerance, "num_threads": threads}
        with _bar(steps, name) as progress:
            return topica.STM(k, seed=seed).fit(corpus, design, beta_init=beta, progress=progress, **how)

    def quick(number: int) -> np.ndarray:
        model = topica.LDA(k, seed=seed * 1000 + number, sampler="cvb0")
        model.fit(corpus, iters=20)
        return np.asarray(model.topic_word, float)

    starts: list[Any] = [start]
    if start is None:
        with ThreadPoolExecutor(threads) as pool:
            many = tqdm(pool.map(quick, range(restarts)), "starts", restarts, delay=1, leave=False)
            starts = list(many)
    if len(starts) > 1:
        bounds = [run(beta, SCREEN, "compare starts").bound for beta in starts]
        starts = [starts[int(np.argmax(bounds))]]
    model = run(starts[0], iterations, "stm")
    more: dict[str, Any] = {"draws": partial(_resampled, model, table, design)}
    if content is not None:
        each = np.asarray(model.topic_word_by_group, float).swapaxes(0, 1)
        more = {"parted": ("content", dict(zip(model.groups, each, strict=True)))}
    return _result(model, corpus, bound=float(model.bound), converged=bool(model.converged), **more)


def _keyatm(
    table: Table, terms: np.ndarray, k: int, seed: int, *, keywords: dict[str, list], iterations: int = 1500
) -> Made:
    """Keyword-assisted topics (Eshima, Imai and Sasaki 2024); one thread."""
    corpus = _corpus(table, terms)
    model = topica.KeyATM(keywords, num_topics=k, seed=seed)
    with _bar(iterations, "keyatm") as progress:
        model.fit(corpus, iters=iterations, progress=progress, progress_interval=10)
    return _result(model, corpus, names=list(keywords))


def _dtm(
    table: Table, terms: np.ndarray, k: int, seed: int, *, times: np.ndarray, iterations: int = 30
) -> Made:
    """Dynamic topics (Blei and Lafferty 2006): ``beta`` is the mean of the periods."""
    corpus = _corpus(table, terms)
    periods, codes = np.unique(times, return_inverse=True)
    model = topica.DTM(k, seed=seed)
    with _bar(iterations, "dtm") as progress:
        model.fit(corpus, codes.tolist(), iters=iterations, progress=progress)
    evolution = {period: np.asarray(model.topic_word(i), float) for i, period in enumerate(periods.tolist())}
    beta, theta = np.mean([*evolution.values()], axis=0), np.asarray(model.doc_topic, float)
    return {"engine": model, "beta": beta, "theta": theta, "parted": ("period", evolution)}


def _nmf(table: Table, terms: np.ndarray, k: int, seed: int, *, iterations: int = 300) -> Made:
    """Non-negative factors (Lee and Seung 2001) from a deterministic start: the seed changes nothing."""
    corpus, model = _corpus(table, terms), topica.NMF(k, seed=seed)
    model.fit(corpus, iters=iterations, num_threads=1)
    made = _result(model, corpus)
    return {name: made[name] for name in ("engine", "beta", "theta")}


ENGINES: dict[str, Callable[..., Made]] = {
    "lda": _lda, "gensim-lda": one_thread(_gensim), "stm": one_thread(_stm), "keyatm": _keyatm, "dtm": _dtm,
    "nmf": _nmf,
}  # fmt: skip


def coherence(words: list[list[str]], texts: list[list[str]], kind: str) -> np.ndarray:
    """Coherence of each list of words; the window is the whole document, as counts have no order."""
    longest = max(map(len, texts))
    found = topica.coherence(words, texts, coherence_type=kind, n=len(words[0]), window_size=longest)
    return np.asarray(found)


def exclusivity(beta: np.ndarray) -> np.ndarray:
    """FREX score of each topic's ten most probable words, summed (as R's stm does)."""
    return np.asarray(topica.exclusivity(beta, n=10))


def dispersion(beta: np.ndarray, theta: np.ndarray, table: Table) -> float:
    """Dispersion of the multinomial residuals (Taddy 2012); well above one: too few topics."""
    ids = _by_document(table, table.indices)
    return float(topica._topica.inspect_residual_dispersion(beta.tolist(), theta.tolist(), ids, 0.01)[0])


def label_words(beta: np.ndarray, terms: np.ndarray, total: np.ndarray, n: int) -> list[dict[str, list]]:
    """The first `n` (word, value) pairs of each topic by probability, FREX, lift and score."""
    return topica.label_topics(beta, terms.tolist(), n=n, word_counts=total)
