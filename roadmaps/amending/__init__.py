"""
The trade's wording of orders that amend or repeal: plain data in, sentences of an act out.

`acts` names acts and what is done to them, `naming` the rows in the cases that sentences need, `cells` says how one
cell changes, `changes` turns a difference of two editions into sub-clauses with their tables.
"""

from roadmaps.amending.acts import (
    Amended,
    amend_clause,
    amend_title,
    edition_note,
    list_clause,
    repeal_clause,
    repeal_title,
    restate_clause,
    row_note,
)
from roadmaps.amending.changes import ChangeClause, changes, is_too_much, punctuated

__all__ = [
    "Amended",
    "ChangeClause",
    "amend_clause",
    "amend_title",
    "changes",
    "edition_note",
    "is_too_much",
    "list_clause",
    "punctuated",
    "repeal_clause",
    "repeal_title",
    "restate_clause",
    "row_note",
]
