"""Pages of plans: translate, call one operation, translate back."""
