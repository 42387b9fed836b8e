"""Commands of the roadmaps app: reading, matching and checking plans without the web."""
