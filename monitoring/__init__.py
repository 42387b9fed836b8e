"""Monitoring campaigns: the room that self-diagnosis, notes and meetings move into."""
