"""Stories of the plan pages, told through HTTP."""
