"""The desk's page of what does not fit together."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from editorial.consistency.checking import check_consistency
from editorial.consistency.findings import (
    ConsistencyReport,
    Finding,
    FindingGroup,
    Place,
)
from editorial.desk.panel import row_anchors
from editorial.models import Publication, Source
from editorial.registry import document_kinds, fact_types
from editorial.rights import can, objection

SHOWN = 50
"""Findings of one kind on the page; the command prints all."""


@dataclass(frozen=True)
class ShownGroup:
    group: FindingGroup
    rows: list[tuple[Finding, str]]

    @property
    def hidden_count(self) -> int:
        return len(self.group.findings) - len(self.rows)


def _models() -> dict[str, Any]:
    """The model behind each type that a place may name."""
    facts = {name: apps.get_model(kind.model) for name, kind in fact_types().items()}
    documents = {kind.name: kind.model for kind in document_kinds()}
    return {"source": Source} | facts | documents


def desk_addresses(places: list[Place]) -> dict[Place, str]:
    """Where each place is edited, a statement for each type that occurs."""
    models = _models()
    documents = {kind.name for kind in document_kinds()}
    addresses: dict[Place, str] = {}
    for name in {place.type for place in places}:
        model = models[name]
        stem = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        uids = {place.uid for place in places if place.type == name}
        rows = {row.uid: row for row in model._default_manager.filter(uid__in=uids)}
        with_parts = {place.uid for place in places if _names_part(place)}
        anchors = {
            uid: row_anchors(rows[uid])
            for uid in with_parts & rows.keys()
            if name in documents
        }
        for place in places:
            if place.type == name and place.uid in rows:
                url = reverse(stem, args=[rows[place.uid].pk])
                addresses[place] = url + _anchor(place, anchors.get(place.uid, {}))
    return addresses


def _names_part(place: Place) -> bool:
    """Whether it is a row of the form, by its uid, and not a field or the whole."""
    return bool(place.anchor) and not place.anchor.replace("_", "").isalpha()


def _anchor(place: Place, anchors: dict[str, str]) -> str:
    if _names_part(place):
        row = anchors.get(place.anchor)
        return f"#{row}" if row else ""
    return f"#id_{place.anchor}" if place.anchor else ""


def shown_groups(report: ConsistencyReport) -> list[ShownGroup]:
    places = [row.place for group in report.groups for row in group.findings[:SHOWN]]
    addresses = desk_addresses(places)
    return [
        ShownGroup(
            group,
            [(row, addresses.get(row.place, "")) for row in group.findings[:SHOWN]],
        )
        for group in report.groups
    ]


@require_safe
def consistency(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """Checked as the page is opened: a stored run would be older than the facts."""
    if not can(request.user, "view", Publication):
        raise PermissionDenied(objection(request.user, "view", Publication))
    report = check_consistency()
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Consistency",
        "report": report,
        "groups": shown_groups(report),
        "checked_at": timezone.now(),
    }
    response = TemplateResponse(request, "admin/editorial/consistency.html", context)
    add_never_cache_headers(response)
    return response
