"""The list of participating schools, by municipality and cluster."""

from dataclasses import dataclass

from documents.paper.sheet import StampedPaper


@dataclass(frozen=True)
class School:
    """A school as the order names it, and its profile."""

    name: str
    profile: str = ""


@dataclass(frozen=True)
class Profile:
    """A cluster and its schools; without a name they stand directly under the municipality."""

    name: str
    schools: tuple[School, ...]


@dataclass(frozen=True)
class Place:
    """A municipality and its clusters."""

    name: str
    clusters: tuple[Profile, ...]


@dataclass(frozen=True, kw_only=True)
class ParticipantsPaper(StampedPaper):
    """A portrait table; schools are numbered through. The profile's column is left out when nothing stands in it."""

    places: tuple[Place, ...]

    @property
    def name(self) -> str:
        """The title in one line, for the file's own title."""
        return " ".join(self.title)

    @property
    def has_profiles(self) -> bool:
        """Tell whether any school states a profile."""
        return any(school.profile for place in self.places for part in place.clusters for school in part.schools)
