"""The constants by which measurements are compared and shown."""

STALE_MONTHS = 18
"""A measurement older than this is shown with a mark, one tier lower."""

HIDDEN_MONTHS = 24
"""A measurement older than this is left out of lists until a reader asks for it."""

GROUPS_SHOWN = 4
"""Set-ups shown side by side on a compare page, spread over hardware and models."""

NEIGHBOURS_SHOWN = 12
"""Rows that a row's page offers for comparison."""

NEIGHBOURS_READ = 400
"""The newest rows among which the neighbours are looked for."""

ENGINE_FAMILIES = {"ollama": "llama-cpp"}
"""Engines that count as another when one repeats the other's run."""

SITEMAP_ROWS = 5_000
"""Rows named in the site map, the newest first. Lists lead to all; a map of a million
rows would hide the pages that answer questions."""
