"""Is a document dated by what it says, and left undated where it does not say?"""

from datetime import date
from pathlib import Path

import pytest

from toolkit.load import _dates

REAL = Path(__file__).parents[1].parent / "shared" / "real"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2019年3月5日", "2019-03-05"),
        ("2019-03-05", "2019-03-05"),
        ("2019.3.5", "2019-03-05"),
        ("2019/3/5", "2019-03-05"),
        ("２０１９年３月５日", "2019-03-05"),
        ("1 9 9 8 年3 月5 日", "1998-03-05"),
        ("二〇一九年三月五日", "2019-03-05"),
        ("二○一九年十二月三十一日", "2019-12-31"),
        ("二零一九年十月廿三日", "2019-10-23"),
        ("2019年 3月 5日", "2019-03-05"),
    ],
)
def test_one_day_in_many_hands(written, day):
    ((start, end, low, high),) = _dates.find(f"于{written}印发")
    assert low == high == date.fromisoformat(day)
    assert f"于{written}印发"[start:end] == written
