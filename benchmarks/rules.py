"""The constants by which measurements are compared and shown."""

STALE_MONTHS = 18
"""A measurement older than this is shown with a mark."""

GROUPS_SHOWN = 4
"""Set-ups shown side by side on a compare page, spread over hardware and models."""
