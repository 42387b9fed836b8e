"""Everything that writes plans: one transaction each, keyword-only arguments, says who and why."""
