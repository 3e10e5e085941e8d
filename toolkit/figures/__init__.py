"""Does every figure come out again, with the same numbers?

``python -m toolkit.figures`` runs all notebooks and compares; ``python -m toolkit.figures 30`` runs those
whose names begin so.
"""

from toolkit.figures._run import main, reproduce
from toolkit.figures._save import save

__all__ = ["main", "reproduce", "save"]
