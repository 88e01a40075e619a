"""Cells that no spreadsheet takes for a formula, and back without loss."""

from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MARK = "'"


def escaped(cell: Any) -> Any:
    """`cell` with a mark before it where a spreadsheet would calculate.

    >>> escaped("=1+1"), escaped("'quoted'"), escaped(7)
    ("'=1+1", "''quoted'", 7)
    """
    is_risky = isinstance(cell, str) and cell.startswith((*FORMULA_STARTS, MARK))
    return f"{MARK}{cell}" if is_risky else cell


def unescaped(cell: str) -> str:
    """What `escaped` was given. A mark that it did not make stays.

    >>> unescaped("'=1+1"), unescaped("''quoted'"), unescaped("'quoted'")
    ('=1+1', "'quoted'", "'quoted'")
    """
    is_marked = cell.startswith(MARK) and cell[1:].startswith((*FORMULA_STARTS, MARK))
    return cell[1:] if is_marked else cell
