"""A plan that leaves as a file and comes back."""
