"""Reminders: what people are told, and when."""
