"""What may be typed into plans, field by field."""
