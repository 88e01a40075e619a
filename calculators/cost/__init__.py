"""A machine of one's own against an API and a rented card."""
