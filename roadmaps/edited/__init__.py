"""A plan that left as a Word or Excel file and comes back edited: what it is known by, and what differs. Plain Python."""
