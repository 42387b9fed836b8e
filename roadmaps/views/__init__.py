"""Views of plans: translate a request, call one operation or one reading, translate back."""
