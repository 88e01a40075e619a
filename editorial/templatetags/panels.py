"""Sections that one app puts on another app's page."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from editorial.registry import Panel

register = template.Library()


@register.simple_tag
def panel_section(panel: Panel) -> SafeString:
    """The panel's template with nothing but its own context."""
    return render_to_string(panel.template, dict(panel.context))
