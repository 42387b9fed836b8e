"""Handing a plan down: what of an upper plan a lower body takes, how it is linked, who does it there. Plain Python."""

from roadmaps.deriving.executors import Hands, hands_of_row, proposed
from roadmaps.deriving.layout import Node, Place, laid_out, restarts
from roadmaps.deriving.offers import Offer, Part, Source, Why, offers_of, rows_of, rule_for

__all__ = [
    "Hands",
    "Node",
    "Offer",
    "Part",
    "Place",
    "Source",
    "Why",
    "hands_of_row",
    "laid_out",
    "offers_of",
    "proposed",
    "restarts",
    "rows_of",
    "rule_for",
]
