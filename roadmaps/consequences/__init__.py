"""
What a change above does below: which rows move, what is offered, what will contradict. Plain Python, no clock.

`reckon` takes the changed rows of an upper edition, the rows that they reach (uppers first, each with all its links) and
the plans in which those stand; it gives `Consequences`. The preview shows them and the approval writes them: there is
no second computation.
"""

from roadmaps.consequences.data import (
    Change,
    Conflict,
    Consequences,
    Follower,
    Hold,
    Lapse,
    Move,
    Obligation,
    Offer,
    OfferKind,
    Plan,
    Reached,
)
from roadmaps.consequences.judging import answer_of
from roadmaps.consequences.reckoning import reckon

__all__ = [
    "Change",
    "Conflict",
    "Consequences",
    "Follower",
    "Hold",
    "Lapse",
    "Move",
    "Obligation",
    "Offer",
    "OfferKind",
    "Plan",
    "Reached",
    "answer_of",
    "reckon",
]
