"""Commands of the roadmaps app."""
