"""Forms of plans: closed lists of fields, choices only from what the person may see."""
