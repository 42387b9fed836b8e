"""Matching a lower plan with an upper one by meaning: plain Python, data in, data out."""

from roadmaps.matching.pairing import Also, Match, Matching, match
from roadmaps.matching.weights import WEIGHTS, Weights

__all__ = ["WEIGHTS", "Also", "Match", "Matching", "Weights", "match"]
