"""What a change above does below."""
