"""The files of an edition as its page lists them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from documents.choices import FileKind, FileState
from documents.models import Order, RenderedFile
from documents.operations import rendered
from roadmaps.models import Edition
from roadmaps.operations import prints


@dataclass(frozen=True, slots=True)
class Line:
    """One file: what it is and is for, where it can be had; without an address it can be asked for by its kind."""

    title: str
    text: str
    kind: str = ""
    url: str = ""
    size: int = 0
    state: str = ""
    is_outdated: bool = False

    @property
    def is_waiting(self) -> bool:
        return self.state in {FileState.QUEUED, FileState.RENDERING}

    @property
    def has_failed(self) -> bool:
        return self.state == FileState.FAILED


def lines_of(edition: Edition, order: Order | None) -> list[Line]:
    """
    List the files that can be had of an edition.

    :param order: the order that put it in force, if the reader may see it
    """
    made = prints.files(edition)
    own = [_line(edition, kind, made.get(kind)) for kind in prints.offered(edition)]
    # What a consequence has moved since, the files of its order do not say.
    return [*_of_order(order), *own] if order and edition.basis_id is None else own


def _line(edition: Edition, kind: FileKind, file: RenderedFile | None) -> Line:
    titles = {
        FileKind.PROJECT: (_("Draft of the plan, PDF"), _("Marked as a draft, to be read and discussed.")),
        FileKind.COVER: (
            _("Plan with a title page, PDF"),
            _("With the stamp of approval by the head, for those who keep plans apart from orders."),
        ),
        FileKind.STAMPED: (_("Plan with the stamp of approval, PDF"), _("It names the order that approved it.")),
    }
    title, text = titles[kind]
    url = reverse("plan-file", args=[edition.roadmap_id, file.pk]) if file and file.is_ready else ""
    outdated = bool(file and edition.is_open and file.requested_at < edition.changed_at)
    state = file.state if file else ""
    return Line(title, text, kind.value, url, file.size if file else 0, state, outdated)


def _of_order(order: Order) -> list[Line]:
    wanted = {
        FileKind.STAMPED: (_("Plan with the stamp of approval, PDF"), _("It names the order that approved it.")),
        FileKind.ORDER: (_("Order with all its appendices, PDF"), ""),
        FileKind.PLAN: (_("Appendix 1, the plan, PDF"), ""),
        FileKind.PARTICIPANTS: (_("Appendix 2, the participating schools, PDF"), ""),
    }
    made = rendered.current(order)
    return [
        Line(
            title,
            text,
            url=reverse("order-file", args=[order.pk, made[kind].pk]) if made[kind].is_ready else "",
            size=made[kind].size,
            state=made[kind].state,
        )
        for kind, (title, text) in wanted.items()
        if kind in made
    ]
