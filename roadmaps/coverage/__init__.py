"""Coverage («Свод»): how the bodies below answer the rows of a plan above. Plain Python, data in, data out."""

from roadmaps.coverage.cells import GAPS, STATES, Answer, Body, Demand, State, line_of, obliged, state_of
from roadmaps.coverage.matrix import Matrix, Narrowing, matrix_of, near, schools_of

__all__ = [
    "GAPS",
    "STATES",
    "Answer",
    "Body",
    "Demand",
    "Matrix",
    "Narrowing",
    "State",
    "line_of",
    "matrix_of",
    "near",
    "obliged",
    "schools_of",
    "state_of",
]
