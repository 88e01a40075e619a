"""The lists of the catalogue: hardware, models and tools, each declared in a module."""
