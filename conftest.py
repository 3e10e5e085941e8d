"""Every test and every doctest begins with matplotlib's own settings and leaves no figure open."""

from collections.abc import Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest


@pytest.fixture(autouse=True)
def own_settings() -> Iterator[None]:
    with mpl.rc_context():
        yield
    plt.close("all")
