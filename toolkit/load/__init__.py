"""Which documents do we hold, from where and when, and how do we know?"""

from toolkit.load._shipped import SHIPPED, counts, sample

__all__ = ["SHIPPED", "counts", "sample"]
