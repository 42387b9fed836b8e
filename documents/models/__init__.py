"""Orders with what belongs to them, stored and rendered files, what others send up."""

from documents.models.files import RenderedFile, StoredFile
from documents.models.offices import Office
from documents.models.orders import Appendix, Clause, Order, Visa
from documents.models.submissions import RowRemark, Submission

__all__ = ["Appendix", "Clause", "Office", "Order", "RenderedFile", "RowRemark", "StoredFile", "Submission", "Visa"]
