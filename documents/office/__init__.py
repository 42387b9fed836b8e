"""Editable files: the same plain data as the PDF, as Word and Excel keep it. Plain Python, no Django."""

from documents.office.excel import Tabular, write_excel
from documents.office.word import Editable, write_word

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

__all__ = ["EXCEL", "WORD", "Editable", "Tabular", "write_excel", "write_word"]
