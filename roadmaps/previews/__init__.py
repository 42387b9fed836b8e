"""What an import will become: the document as read, with what the coordinator decided, and the questions that are left."""

from roadmaps.previews.building import preview_of
from roadmaps.previews.data import Preview, PreviewRow, Question
from roadmaps.previews.decisions import take_section, with_changes
from roadmaps.previews.questions import answer

__all__ = ["Preview", "PreviewRow", "Question", "answer", "preview_of", "take_section", "with_changes"]
