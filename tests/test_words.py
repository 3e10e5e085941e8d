"""Are the cuts jieba's, do set phrases stay whole, and do the counts add up?"""

import io
import json
import logging
import random
import re
import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import jieba
import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit import lexicon, words
from toolkit.lexicon import _jieba
from toolkit.words import _count, _cut, _large, _match

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "real"
PHRASES = pd.DataFrame(
    {
        "term": ["高质量发展", "枫桥经验", "新时代“枫桥经验”", "国家安全", "平安中国", "平安中国建设", "建设平安"],
        "variants": ["", "“枫桥经验”", "", "", "", "", ""],
    }
)
MIXED = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=st.characters(), max_size=60),
    st.text(alphabet="发展高质量提的国家安全平安中国建设一二三年月日AaZz09.%+#&_- \r\n\t，。“”㐀\U00020000\ud800\x00", max_size=80),
    st.text(alphabet="aZ09.%+#&_-年", max_size=40),
)


@pytest.fixture
def kernel(monkeypatch):
    """Every text is large: the compiled engine does all the work, in chunks of a few characters."""
    monkeypatch.setattr(_large, "LARGE", 0)
    monkeypatch.setattr(_large, "CHUNK", 40)
    return _large.kernel()


def kernel_cut(text):
    return words.cut([text])[0]


def real_texts():
    """Every file under `real` that is one text, decoded so that nothing is lost."""
    for path in sorted(REAL.rglob("*")):
        if path.suffix in {".txt", ".csv", ".json", ".md"}:
            raw = path.read_bytes()
            try:
                yield raw.decode("utf-8-sig")
            except UnicodeDecodeError:
                yield raw.decode("gb18030", errors="replace")


def news_days(seed, n):
    """Some days of the evening news, as their JSON stands."""
    years = sorted((REAL / "evening_news").glob("*.tar.xz"))
    with tarfile.open(random.Random(seed).choice(years)) as archive:
        days = sorted((one for one in archive if one.name.endswith(".json")), key=lambda one: one.name)
        for day in sorted(random.Random(seed).sample(range(len(days)), n)):
            yield archive.extractfile(days[day]).read().decode("utf8")


needs_real = pytest.mark.skipif(not REAL.exists(), reason="the real documents are not on this machine")


def test_kernel_rjieba_and_jieba_agree_on_awkward_places(kernel):
    for text in [
        "", "A-5G. 3.5%%", "PM_2.5和5G-A", "2026-02-09", "4.5-5%", "㐀A-B㐀", "A-B㐀C-D", "\r\n\r\r\n", "他来到了网易杭研大厦",
        "小明硕士毕业于中国科学院计算所", "C++和c#，a.b.c", "镕基䶮", "\x00\x00A\x00", "１２％", "龦鿕鿖", "...%%%...", "-", "一" * 500,
    ]:  # fmt: skip
        expected = list(jieba.Tokenizer().cut(text)) if False else _jieba.reference(text)
        assert _cut.cut_one(text) == expected, text
        assert kernel_cut(text) == expected, text


@settings(max_examples=400, deadline=None)
@given(MIXED)
@example("A-B㐀")
@example("\ud800A-\udfff")
def test_the_cut_is_jiebas_on_any_string(text):
    expected = _jieba.reference(text)
    assert "".join(expected) == text
    assert _cut.cut_one(text) == expected
