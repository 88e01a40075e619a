"""Addresses of the desk's views, for its templates."""

from typing import Any

from django import template

from editorial.desk.addresses import desk_address

register = template.Library()

TEXTS_FIRST = ("comparisons", "newsletter", "editorial", "auth")
"""The apps whose tables come first; the others follow by name."""


@register.simple_tag
def desk_url(document: Any, view: str, *args: str) -> str:
    return desk_address(document, view, *args)


@register.simple_tag
def desk_step_url(document: Any, step: Any) -> str:
    return desk_address(document, "step", step.verb.replace("_", "-"))


@register.filter
def anchor(field: str, anchors: dict[str, str]) -> str:
    """The id on the form of what a problem speaks of: a row's, a group's, a field's."""
    return anchors.get(field, f"id_{field}")


@register.inclusion_tag("admin/editorial/comment_link.html")
def comment_link(panel: Any, element_id: str) -> dict[str, Any]:
    """A link to comment on what stands there; nothing where there is no such place."""
    return {"link": panel.comments.link_at(element_id) if panel else None}


@register.simple_tag
def element_id(field: Any, prefix: str, row: Any) -> str:
    """The id of an admin form's field, editable or not; `row` is its inline's."""
    inner = getattr(field, "field", field)
    name = inner["name"] if isinstance(inner, dict) else inner.name
    return f"id_{name}" if prefix == "fieldset" else f"id_{prefix}-{row}-{name}"


@register.filter
def in_desk_order(apps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The admin's tables with those first in which most of the work is done."""
    first = {label: place for place, label in enumerate(TEXTS_FIRST)}
    return sorted(apps, key=lambda app: first.get(app["app_label"], len(first)))
