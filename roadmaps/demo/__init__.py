"""The invented region that shows the portal at work: its content as data, and the loading of it."""
