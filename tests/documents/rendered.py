"""The samples, rendered once a test process; what is wrong with a file."""

import io
import re
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


def unheard(made: bytes) -> list[str]:
    """List the words of the first sheet that a screen reader does not come to in the order in which they are painted."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(made)
        file.flush()
        tree, page = (
            subprocess.run(command, capture_output=True, text=True, check=True).stdout
            for command in (["pdfinfo", "-struct-text", file.name], ["pdftotext", "-raw", "-l", "1", file.name, "-"])
        )
    spoken = re.findall(r"\w{4,}", " ".join(re.findall(r'"(.*)"', tree)))
    known, heard = set(spoken), iter(spoken)
    return [word for word in re.findall(r"\w{4,}", page) if word in known and word not in heard]
