"""What can be watched: facts of the catalogue, and published comparisons."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from editorial.models import Publication
from editorial.registry import fact_type
from editorial.search.finding import search
from editorial.search.results import Hit
from newsletter.models import Watch

FACTS = ("engine", "hardware", "model")
COMPARISON = "comparison"
WORDS = {
    "engine": "tool",
    "hardware": "hardware",
    "model": "model",
    COMPARISON: "comparison",
}
FOUND_AT_MOST = 8
LONGEST_QUERY = 100


@dataclass(frozen=True)
class Target:
    """`key` is how forms, tokens and rows name it: its type, a colon, its uid."""

    type: str
    uid: UUID
    name: str
    path: str

    @property
    def key(self) -> str:
        return f"{self.type}:{self.uid.hex}"

    @property
    def word(self) -> str:
        """What readers call its type."""
        return WORDS[self.type]


def target_called(name: str) -> Target | None:
    """What an address or a form names, as `engine:vllm` or `comparison:/compare/…/`.

    What stands behind the colon is a uid, a slug, or of a comparison its path.
    None where nothing that can be watched is called so.
    """
    kind, _, rest = name.partition(":")
    if kind not in WORDS or not rest:
        return None
    uid = _uid(rest) or _found(kind, rest)
    return targets([(kind, uid)]).get((kind, uid)) if uid else None


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _found(kind: str, name: str) -> UUID | None:
    if kind != COMPARISON:
        return fact_type(kind).find(name)
    live = Publication.objects.live().of_kind(COMPARISON).at_path(name)
    return live.values_list("document_uid", flat=True).first()


def targets(wanted: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], Target]:
    """Each of `wanted` that there is, a statement or two for each type."""
    by_type: dict[str, set[UUID]] = defaultdict(set)
    for kind, uid in wanted:
        by_type[kind].add(uid)
    found = {}
    for kind, uids in by_type.items():
        for target in _of_type(kind, uids):
            found[kind, target.uid] = target
    return found


def _of_type(kind: str, uids: set[UUID]) -> Iterable[Target]:
    if kind == COMPARISON:
        rows = Publication.objects.live().of_kind(kind).of_documents(uids)
        for uid, title, path in rows.values_list("document_uid", "title", "path"):
            yield Target(kind, uid, title, path)
    elif kind in FACTS:
        for fact in fact_type(kind).resolve(uids).values():
            yield Target(kind, fact.uid, fact.name, fact.url)


def watched(watches: Iterable[Watch]) -> list[tuple[Watch, Target | None]]:
    """Each with what it names; None where that has gone."""
    rows = list(watches)
    known = targets((row.type, row.target_uid) for row in rows)
    return [(row, known.get((row.type, row.target_uid))) for row in rows]


def find_targets(text: str) -> list[Target]:
    """What the site's own search finds of what can be watched, the best first."""
    results = search(text[:LONGEST_QUERY], kinds=[*FACTS, "publication"])
    hits = [hit for group in results.groups for hit in group.hits]
    pairs = [(kind, _found(kind, name)) for kind, name in map(_named_by, hits)]
    known = targets((kind, uid) for kind, uid in pairs if uid is not None)
    return [known[pair] for pair in dict.fromkeys(pairs) if pair in known][
        :FOUND_AT_MOST
    ]


def _named_by(hit: Hit) -> tuple[str, str]:
    if hit.kind in FACTS:
        return hit.kind, hit.url.rstrip("/").rpartition("/")[2]
    return COMPARISON, hit.url
