"""Everything that writes orders and files."""
