"""How is a text cut into words, and how often does each stand where?"""

from toolkit.words._compare import compare
from toolkit.words._count import DROPS, count, matrix
from toolkit.words._cut import cut, tokens

__all__ = ["DROPS", "compare", "count", "cut", "matrix", "tokens"]
