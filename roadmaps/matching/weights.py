"""What counts how much in matching, as data."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """
    The weights of the evidence and the bounds of the words said about a score.

    The first group is relative: evidence that is missing on one side (no text, no date) drops out and the rest counts
    for the whole. A test moves each by a fifth either way and expects the same quality.
    """

    title: float = 0.30
    text: float = 0.22
    whole: float = 0.18
    letters: float = 0.14
    role: float = 0.10
    date: float = 0.08
    order: float = 0.09
    section: float = 0.02
    doer: float = 0.10
    """Speaks only against a pair: the upper row says that it is done on another storey («Муниципальный этап»)."""

    dominance: float = 0.10
    """What is gained by a pair of activities that stands above all its rivals."""
    company: float = 0.10
    """What the other results of the two activities say for each other."""
    rivalry: float = 0.18
    """How much worse another upper row may be and still be taken instead of one that is answered already."""
    shared: float = 0.06
    """What a row loses when in the end it shares its upper row with one that fits better."""
    swapped: float = 0.50
    """What is lost when a telling word stands where the upper row has another one («медицинский» — «аграрный»)."""
    foreign: float = 0.25
    """What is lost when the upper row is done by a named body that is not this one."""
    month: float = 30.0
    """Days after which a date speaks half as strongly for a pair."""

    middle: float = 0.36
    """The raw score that is worth one half."""
    steepness: float = 9.0
    """How fast a score grows around the middle."""

    sure: float = 0.85
    likely: float = 0.65
    doubtful: float = 0.45
    joined: float = 0.72
    """The share of an upper row that a lower row must say to be taken for joined with it."""


WEIGHTS = Weights()
