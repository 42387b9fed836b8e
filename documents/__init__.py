"""Documents: orders with their clauses, stored files and their hashes."""
