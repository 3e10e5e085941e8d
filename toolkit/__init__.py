"""Which province said what, when, before whom, in whose words, and how sure is that?

Rooms load when they are first named, so ``import toolkit`` reads no file and costs nothing.
"""

import importlib
from types import ModuleType

__version__ = "0.1.0"

ROOMS = (
    "places style load clean lexicon words plot simulate "
    "search formulations compare trend topics figures widgets"
).split()


def __getattr__(name: str) -> ModuleType:
    if name in ROOMS:
        return importlib.import_module(f"toolkit.{name}")
    raise AttributeError(f"toolkit has no room named {name!r}; there are: {', '.join(ROOMS)}.")


def __dir__() -> list[str]:
    return sorted([*ROOMS, "__version__"])
