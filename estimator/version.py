"""Which formulas these are, so that an old answer says by what it was worked out."""

FORMULAS = "2026-11"
"""Month of the last change that moves an answer. Raise it with such a change."""
