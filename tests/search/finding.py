"""What tests ask of the search."""

from editorial.search.finding import search
from editorial.search.index import check


def titles(text, **options):
    """The names of everything that is found under `text`."""
    groups = search(text, limit=100, **options).groups
    return [hit.name for group in groups for hit in group.hits]


def is_in_order(*kinds):
    """Whether a rebuild would do nothing, to any kind or to `kinds`."""
    repairs = [repair for repair in check() if not kinds or repair.kind in kinds]
    return all(repair.is_in_order for repair in repairs)
