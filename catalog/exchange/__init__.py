"""Facts out of the admin as CSV or JSON, and back in by way of a dry run.

Columns and their rules are those of the files: `catalog/files/`, `benchmarks/files.py`.
"""
