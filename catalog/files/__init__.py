"""One module per file of facts: how it is parsed, and how it is written back."""
