"""The samples, rendered once a test process; what is wrong with a file."""

import io
import subprocess
import tempfile
from functools import cache

import pikepdf

from documents.rendering import Rendered, audit, declared, render
from scripts.samples import data_of, samples

NAMES = tuple(samples())


@cache
def sample(name: str) -> Rendered:
    """Render a sample with its data."""
    paper = samples()[name]
    return render(paper, data=data_of(paper))


def faults_of(made: bytes) -> list[str]:
    """List what is wrong with a PDF: its tags, its declared standards, its structure as qpdf sees it."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        found = [*audit(pdf), *declared(pdf)]
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(made)
        file.flush()
        checked = subprocess.run(["qpdf", "--check", file.name], capture_output=True, text=True, check=False)
    return found + ([checked.stderr or checked.stdout] if checked.returncode or checked.stderr else [])
