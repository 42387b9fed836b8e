"""What the portal costs, beside the least honest work that would do the same. Run `make bench`."""
