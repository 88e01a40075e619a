"""Why a figure is called derived or doubtful, in the words of the row's notes."""

import re
from typing import Any

from catalog.files.notes import clauses_about

RECOMPUTED = {
    "has_tied_embeddings": "Found by recomputing the parameter count: only this value "
    "reproduces it.",
    "total_parameters": "Recomputed from the architecture.",
}
"""What the data set's legend says of a model's derived cells, beside no row's notes."""

MACHINE_WORDS = re.compile(r"^\s*(?:gfx|fp\w+acc_tflops)=\S+")
READABLE = {
    "fp32_tflops": "FP32",
    "tdp_watts": "board power",
    "release_date": "release date",
    "global_layer_every_n": "full attention every n layers",
}
PRECISIONS = re.compile(r"\b(fp|int|bf)(4|8|16|32)\b")


def readable(clause: str) -> str:
    """A clause of a note with the names of columns as words.

    >>> readable("fp8 = 8x fp32_tflops")
    'FP8 = 8x FP32'
    """
    for name, words in READABLE.items():
        clause = clause.replace(name, words)
    return PRECISIONS.sub(lambda match: match[0].upper(), clause).strip()


def note_clauses(notes: str) -> list[str]:
    """How the figures were read, a sentence each, without what only programs read."""
    clauses = (clause.strip() for clause in notes.split(";"))
    kept = (clause for clause in clauses if clause)
    return [readable(clause) for clause in kept if not MACHINE_WORDS.match(clause)]


def mark_words(fact: Any, field: str) -> str:
    """What the row's own notes say about the mark of `field`; "" for the row's."""
    filled = [name for name, value in vars(fact).items() if value not in (None, "")]
    clauses = clauses_about(fact.notes, field, filled)
    if clauses:
        return "; ".join(readable(clause) for clause in clauses)
    return RECOMPUTED.get(field, "") if fact.mark(field) == "derived" else ""
