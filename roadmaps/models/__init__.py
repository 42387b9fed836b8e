"""Plans: identities that last, rows that hold for a range of editions, and files on their way in."""

from roadmaps.models.carried import CarriedQuestion
from roadmaps.models.edited import EditedFile
from roadmaps.models.editions import Edition, Lineage, Programme, Roadmap, RoadmapParticipant
from roadmaps.models.edits import Comment, Edit
from roadmaps.models.imports import Import
from roadmaps.models.links import Explanation, Link, Waiver
from roadmaps.models.proposals import Proposal
from roadmaps.models.rows import Assignment, Commitment, Deliverable, Heading, HeadingText, Obliged

RANGED = (HeadingText, Deliverable, Link, Assignment, Obliged, Waiver, Explanation)
"""Every ranged table; freezing, discarding and the immutability triggers go through this list."""

__all__ = [
    "RANGED",
    "Assignment",
    "CarriedQuestion",
    "Comment",
    "Commitment",
    "Deliverable",
    "Edit",
    "EditedFile",
    "Edition",
    "Explanation",
    "Heading",
    "HeadingText",
    "Import",
    "Lineage",
    "Link",
    "Obliged",
    "Programme",
    "Proposal",
    "Roadmap",
    "RoadmapParticipant",
    "Waiver",
]
