"""What does a measure's frame look like? Each verb draws a frame on an Axes, and computes nothing."""

from toolkit.plot.grid import grid
from toolkit.plot.heat import heat
from toolkit.plot.keyness import keyness
from toolkit.plot.steps import steps
from toolkit.plot.topics import choose_k, intervals
from toolkit.plot.trend import trend

__all__ = ["choose_k", "grid", "heat", "intervals", "keyness", "steps", "trend"]
