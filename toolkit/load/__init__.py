"""Which documents do we hold, from where and when, and how do we know?"""

from toolkit.load._corpus import citations, coverage, docs, mentions
from toolkit.load._folder import folder
from toolkit.load._shipped import SHIPPED, counts, sample

__all__ = ["SHIPPED", "citations", "counts", "coverage", "docs", "folder", "mentions", "sample"]
