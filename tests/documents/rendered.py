"""The samples, rendered once a test process."""

from functools import cache

from documents.rendering import Rendered, render
from scripts.samples import data_of, samples

NAMES = tuple(samples())


@cache
def sample(name: str) -> Rendered:
    """Render a sample with its data."""
    paper = samples()[name]
    return render(paper, data=data_of(paper))
