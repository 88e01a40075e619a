"""Published comparisons near an address that has none."""

import difflib
from dataclasses import dataclass

from editorial.models import Publication

OFFERED = 5
CUTOFF = 0.35


@dataclass(frozen=True)
class Offer:
    title: str
    path: str


def published_comparisons() -> list[Publication]:
    rows = Publication.objects.live().with_checks().of_kind("comparison")
    return list(rows.defer("body").order_by("title"))


def nearest_comparisons(slug: str, folder: str = "") -> list[Offer]:
    """The published comparisons whose addresses look most like `slug`.

    Where none looks like it, the first few of the same kind by title.
    """
    prefix = f"/compare/{folder}/" if folder else "/compare/"
    by_slug = {
        row.path.rstrip("/").rsplit("/", 1)[-1]: row
        for row in published_comparisons()
        if row.path.startswith(prefix)
    }
    close = difflib.get_close_matches(slug, by_slug, n=OFFERED, cutoff=CUTOFF)
    names = [name for name in set(slug.split("-vs-")) if name]
    sharing = [key for key in by_slug if set(key.split("-vs-")) & set(names)]
    chosen = list(dict.fromkeys([*sharing, *close])) or list(by_slug)
    return [Offer(by_slug[key].title, by_slug[key].path) for key in chosen[:OFFERED]]
