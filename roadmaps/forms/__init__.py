<<<<<<< HEAD
"""Forms of plans: closed lists of fields, choices only from what the person may see."""
=======
"""What may be typed into plans, field by field."""
>>>>>>> matching
