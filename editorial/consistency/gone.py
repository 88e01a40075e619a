"""Deleted facts and sources that live texts still refer to."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from editorial.consistency.findings import Finding
from editorial.consistency.texts import live_texts
from editorial.models import MergedSource, Source
from editorial.registry import document_kind, fact_types
from editorial.vocabularies import Severity


def references_to_nothing() -> Iterator[Finding]:
    """What live texts say they rest on, and is not there any more."""
    texts = live_texts()
    wanted: dict[str, set[UUID]] = defaultdict(set)
    references = []
    for text in texts:
        for type_name, uid, role in document_kind(text.kind).references(text.body):
            wanted[type_name].add(uid)
            references.append((text, type_name, uid, role))
    there = {name: _present(name, uids) for name, uids in wanted.items()}
    for text, type_name, uid, role in dict.fromkeys(references):
        if uid not in there[type_name]:
            word = type_name.replace("_", " ")
            yield Finding(
                Severity.MEDIUM if type_name == "source" else Severity.HIGH,
                text.place(),
                f"“{text.title}” {role} a {word} that was deleted.",
                "Bring it back, or choose another in the text and publish.",
            )


def _present(type_name: str, uids: set[UUID]) -> set[UUID]:
    if type_name == "source":
        rows = Source.objects.filter(uid__in=uids)
        former = MergedSource.objects.filter(uid__in=uids)
        return {row.uid for row in (*rows.only("uid"), *former.only("uid"))}
    fact_type = fact_types().get(type_name)
    return set(fact_type.resolve(uids)) if fact_type else set()
