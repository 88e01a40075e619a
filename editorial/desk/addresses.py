"""Where the desk's views on a document are, within the site and for a mail."""

from typing import Any

from django.conf import settings
from django.urls import reverse


def desk_address(document: Any, view: str, *args: Any) -> str:
    options = document._meta
    name = f"admin:{options.app_label}_{options.model_name}_{view}"
    return reverse(name, args=[document.pk, *args])


def desk_link(document: Any, view: str, *args: Any) -> str:
    """The whole address, as a mail needs it."""
    return settings.SITE_URL + desk_address(document, view, *args)
