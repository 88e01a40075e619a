"""Whether the pages that prove our facts are still there."""
