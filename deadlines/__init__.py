"""Deadlines in plain Python: phrases and their meaning, the working calendar, occurrences, inheritance. No Django, no clock."""
