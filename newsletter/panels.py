"""The way from a fact's page to notices about it."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from editorial.registry import Panel

LAST = 900


def watch_panel(type_name: str, fact: Any) -> Panel:
    """A line with a link to the sign-up, filled in with this fact."""
    query = urlencode({"watch": f"{type_name}:{fact.slug}"}, safe=":")
    path = f"{reverse('newsletter:sign_up')}?{query}"
    context = {"name": fact.name, "path": path}
    return Panel("newsletter/watch_panel.html", context, order=LAST)
