"""What a change above asks of a lower row, and what a lower row asks of the plan above."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse

from deadlines.values import Deadline
from roadmaps.choices import ProposalKind, ProposalState
from roadmaps.models.editions import Edition, Roadmap
from roadmaps.models.rows import Commitment, Deliverable
from roadmaps.querysets import ProposalQuerySet


class Proposal(models.Model):
    """
    One question between two plans, asked once and answered by the body that it is put to.

    From above: `edition` is the upper edition that changed something (a consequence leads on to its `basis`), `upper`
    the row that it changed, `upper_row` the version of it that is offered; of a withdrawn row the one that ended.
    `lower` is the row that it concerns; a new obliging row has none yet. From below (a wish): `edition` is null,
    `lower` the row of the asking plan and `upper_row` the version that binds it.

    `roadmap` is the lower plan always. `offered` holds what is told and offered::

        {"before": deadline | None, "after": deadline | None,   # of the lower row: as it stands, as it would become
         "upper": {"before": deadline | None, "after": deadline | None},
         "rule": "same", "link": 17,                            # the link that decides, and its rule
         "slack": [10, 7],                                      # days to the row above before and after, or nulls
         "text": ["was", "became"], "executors": [["was"], ["became"]]}   # for these two kinds

    Deadlines have the shape of `Deadline.to_json`. `start` and `due` repeat what is offered, for lists. `conflict` is the
    finding (`later-than-upper`, …) that stands as long as the row keeps its date, or empty. `answered_in` is the edition
    that carries the answer out: with the draft the answer falls.
    """

    roadmap = models.ForeignKey(Roadmap, models.CASCADE, related_name="proposals", db_index=False)
    lower = models.ForeignKey(Commitment, models.CASCADE, null=True, related_name="proposals")
    upper = models.ForeignKey(Commitment, models.PROTECT, null=True, related_name="proposals_below", db_index=False)
    upper_row = models.ForeignKey(Deliverable, models.PROTECT, null=True, related_name="+", db_index=False)
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="proposals")
    kind = models.CharField(max_length=9, choices=ProposalKind)
    offered = models.JSONField(encoder=DjangoJSONEncoder, default=dict)
    start = models.DateField(null=True)
    due = models.DateField(null=True)
    conflict = models.CharField(max_length=24, blank=True)
    wish = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.OPEN)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    answered_in = models.ForeignKey(Edition, models.PROTECT, null=True, blank=True, related_name="answers")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            # Once per change: the same version, and the same edition where only executors or obligations changed.
            models.UniqueConstraint(
                fields=["lower", "upper_row", "kind", "edition"],
                condition=Q(lower__isnull=False, edition__isnull=False),
                name="proposal_once_for_change",
            ),
            models.UniqueConstraint(
                fields=["upper", "roadmap", "edition"], condition=Q(lower=None), name="proposal_of_a_new_row_once"
            ),
            models.UniqueConstraint(
                fields=["lower", "upper", "kind"], condition=Q(state="open"), name="proposal_one_open"
            ),
            models.UniqueConstraint(
                fields=["upper", "roadmap"],
                condition=Q(state="open", lower=None),
                name="proposal_one_open_of_a_new_row",
            ),
            models.CheckConstraint(
                condition=Q(kind="obliging", lower=None) | ~Q(kind="obliging") & Q(lower__isnull=False),
                name="proposal_has_a_row_unless_new",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["another", "extend"], edition=None)
                | ~Q(kind__in=["another", "extend"]) & Q(edition__isnull=False, upper_row__isnull=False),
                name="proposal_from_above_has_an_edition",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["another", "extend"]) | ~Q(wish=""), name="proposal_from_below_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["kept", "waived", "declined"]) | ~Q(reason=""),
                name="proposal_refused_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | ~Q(state="open") & Q(answered_at__isnull=False),
                name="proposal_answered_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["roadmap", "state"], name="proposal_of_plan"),
            models.Index(fields=["upper", "state"], name="proposal_of_upper"),
        ]

    def __str__(self) -> str:
        return f"{self.roadmap_id}: {self.kind} of {self.upper_id}"

    def get_absolute_url(self) -> str:
        return reverse("plan", args=[self.roadmap_id])

    @property
    def is_wish(self) -> bool:
        return self.edition_id is None

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.OPEN

    @property
    def before(self) -> Deadline | None:
        """The lower row's deadline when this was offered."""
        return self._deadline("before")

    @property
    def after(self) -> Deadline | None:
        """The deadline that is offered, or wished."""
        return self._deadline("after")

    def _deadline(self, name: str) -> Deadline | None:
        value = self.offered.get(name)
        return None if value is None else Deadline.from_json(value)
