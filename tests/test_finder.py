"""Terms are found where a plain search finds them, the longest first, in short texts and in long ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.load import _finder

SIGNS = st.text("中国共产党全大会𠮷\ud800a，", max_size=30)
TERMS = st.sets(st.text("中国共产党全大会", min_size=2, max_size=5), min_size=1, max_size=12)


def plain(text: str, terms: set[str], *, apart: bool) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for at in range(len(text)):
        here = [(at, term) for term in sorted(terms, key=len, reverse=True) if text.startswith(term, at)]
        if apart:
            reached = found[-1][0] + len(found[-1][1]) if found else 0
            here = here[:1] if at >= reached else []
        found += here
    return found


@pytest.mark.parametrize("before", ["", "，" * _finder.SHORT])
@pytest.mark.parametrize("apart", [True, False])
@given(text=SIGNS, terms=TERMS)
def test_every_term_is_found_where_it_stands(before, apart, text, terms):
    assert _finder.finder(terms, apart=apart)(before + text) == plain(before + text, terms, apart=apart)


def test_what_ends_in_a_joint_is_none_and_what_goes_on_is_found():
    find = _finder.finder(["制定西", "定西", "西藏", "定西市"], apart=True, joints={"制定西"})
    assert find("制定西部规划，定西制定西藏规划，制定西藏") == [
        (0, "制定西"), (7, "定西"), (9, "制定西"), (11, "西藏"), (16, "制定西"), (18, "西藏"),
    ]  # fmt: skip
    assert find("制定西市规划") == [(0, "制定西"), (1, "定西市")]
