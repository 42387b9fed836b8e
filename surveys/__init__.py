"""Surveys: the room that anonymous questionnaires and their reports move into."""
