"""What is the same text, written in one way, and who speaks in each paragraph?"""

from toolkit.clean._same import DUPLICATES, duplicates, first
from toolkit.clean._spoken import paragraphs
from toolkit.clean._written import is_name, normalise

__all__ = ["DUPLICATES", "duplicates", "first", "is_name", "normalise", "paragraphs"]
