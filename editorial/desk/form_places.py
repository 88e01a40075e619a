"""Where on a document's form the places of its text stand."""

from collections.abc import Iterable
from typing import Any

from editorial.models import DocumentChild
from editorial.registry import document_kind


def row_anchors(document: Any) -> dict[str, str]:
    """Where on the form each child stands: its uid to the id of its row."""
    anchors = {}
    for relation in document._meta.related_objects:
        if not issubclass(relation.related_model, DocumentChild):
            continue
        name = relation.get_accessor_name()
        anchors[name] = f"{name}-group"
        for index, uid in enumerate(
            getattr(document, name).values_list("uid", flat=True)
        ):
            anchors[str(uid)] = f"{name}-{index}"
    return anchors


def element_ids(
    document: Any, places: Iterable[str], rows: dict[str, str]
) -> dict[str, str]:
    """Each place's key to the id of what stands for it on the form.

    `rows` is what `row_anchors` answers. A place that is not on the form is left out.
    """
    unusual = document_kind(document.kind).element_ids(document)
    found = {}
    for place in filter(None, places):
        row, _, field = place.partition(".")
        if place in unusual:
            found[place] = unusual[place]
        elif row in rows:
            found[place] = f"id_{rows[row]}-{field}" if field else rows[row]
        elif "-" not in row:
            found[place] = f"id_{row}"
    return found
