"""A list of tuples as a table expression, under the name by which the plans know it."""

from organizations.recordset import recordset

__all__ = ["recordset"]
