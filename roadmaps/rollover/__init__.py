"""Plain rules of the roll-over: how titles get their new year, and which rows hardly make sense a second time."""
