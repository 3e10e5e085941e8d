"""What are the topics, how sure are they, and do they follow province and year?"""

from toolkit.topics._choose import choose_k, match, stability
from toolkit.topics._effect import contrasts, effect
from toolkit.topics._fit import fit, shares, terms, trim
from toolkit.topics._keywords import keywords
from toolkit.topics._labels import examples, labels, mix
from toolkit.topics._validate import agreement, intrusion

__all__ = [
    "agreement", "choose_k", "contrasts", "effect", "examples", "fit", "intrusion", "keywords", "labels",
    "match", "mix", "shares", "stability", "terms", "trim",
]  # fmt: skip
