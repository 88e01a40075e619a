"""Addresses of the desk's views, for its templates."""

from typing import Any

from django import template
from django.urls import reverse

register = template.Library()


def _reverse(document: Any, view: str, *args: str) -> str:
    options = document._meta
    name = f"admin:{options.app_label}_{options.model_name}_{view}"
    return reverse(name, args=[document.pk, *args])


@register.simple_tag
def desk_url(document: Any, view: str, *args: str) -> str:
    return _reverse(document, view, *args)


@register.simple_tag
def desk_step_url(document: Any, step: Any) -> str:
    return _reverse(document, "step", step.verb.replace("_", "-"))


@register.filter
def anchor(field: str, anchors: dict[str, str]) -> str:
    """The id on the form of what a problem speaks of: a row's, a group's, a field's."""
    return anchors.get(field, f"id_{field}")
