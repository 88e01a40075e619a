"""The checkers that look at texts alone."""

from editorial.consistency.findings import Checker, register_checker
from editorial.consistency.gone import references_to_nothing
from editorial.consistency.internal_links import dead_internal_links
from editorial.consistency.quotes import disagreeing_quotes, moved_quotes
from editorial.consistency.superlatives import unsourced_superlatives

CONTRADICTIONS = ("contradictions", "Contradictions")
STALE_RATINGS = ("stale-ratings", "Ratings older than the release they speak of")
REFERENCES = ("references", "Withdrawn or deleted things in use")
FACT_FIELDS = ("fact-fields", "Facts whose own fields disagree")


def register() -> None:
    for kind, label, find in (
        (*CONTRADICTIONS, moved_quotes),
        (*CONTRADICTIONS, disagreeing_quotes),
        ("internal-links", "Links to pages of this site", dead_internal_links),
        ("superlatives", "Superlatives without a source", unsourced_superlatives),
        (*REFERENCES, references_to_nothing),
    ):
        register_checker(Checker(kind, label, find))
