"""Pages of the register of orders, files, submissions and verification."""
