"""The monthly issue: what goes into it, how it is frozen, shown and mailed."""
