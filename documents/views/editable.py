"""Editable files: made while one waits, for they take milliseconds, and sent under a name that people understand."""

import io
import re
from collections.abc import Mapping

from django.http import FileResponse, Http404

from documents import office

FORMS = {"docx": office.WORD, "xlsx": office.EXCEL}
NAME = 120
"""Letters of a file's name at most; some systems count bytes, and a Russian letter is two."""

UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


def sent_editable(
    paper: office.Editable, form: str, name: str, properties: Mapping[str, str] | None = None
) -> FileResponse:
    """
    Send a paper as Word («docx») or Excel («xlsx»).

    :raises Http404: if there is no such form, or nothing of the paper is a table
    """
    if form == "docx":
        data = office.write_word(paper, properties)
    elif form == "xlsx" and isinstance(paper, office.Tabular):
        try:
            data = office.write_excel(paper, properties)
        except ValueError as nothing:
            raise Http404 from nothing
    else:
        raise Http404
    response = FileResponse(
        io.BytesIO(data), as_attachment=True, filename=f"{file_name(name)}.{form}", content_type=FORMS[form]
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def file_name(text: str) -> str:
    """Give a name that every system takes: no signs of paths, no double spaces, not too long."""
    plain = " ".join(UNFIT.sub(" ", text.replace("/", "-")).split()).strip(" .")
    if len(plain) > NAME:
        plain = plain[:NAME].rsplit(" ", 1)[0]
    return plain or "Документ"
