"""Reports and corrections in the site's registers."""

import datetime
from typing import Any

from django.urls import reverse

from editorial.models import Correction, Report
from editorial.registry import (
    register_desk_box,
    register_public_models,
    register_sitemap,
)
from editorial.rights import can

BOX_ORDER = 45


def open_count(user: Any) -> int:
    return int(Report.objects.open().count())


def open_list() -> str:
    return f"{reverse('admin:editorial_report_changelist')}?queue=open"


def log_entry() -> list[tuple[str, datetime.date | None]]:
    """The log in the site map, with the day of its newest entry."""
    newest = Correction.objects.newest_first().first()
    return [(reverse("corrections"), newest.corrected_at.date() if newest else None)]


def register() -> None:
    register_public_models("editorial.Correction")
    register_sitemap("corrections", log_entry)
    register_desk_box(
        "Reports from readers",
        count=open_count,
        link=open_list,
        order=BOX_ORDER,
        right=lambda user: can(user, "view", Report),
    )
