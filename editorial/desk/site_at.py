"""What readers saw, see or will see of the whole site at one moment."""

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from editorial.desk.previews import MOMENT, MomentForm, moment_of
from editorial.freshness import working_copies
from editorial.models import Publication

ROWS_ON_A_PAGE = 50


@dataclass(frozen=True)
class Group:
    """One list of the page; `rows` are publications with their working copies."""

    key: str
    title: str
    empty: str
    page: Page
    rows: list[tuple[Publication, Any]]


GROUPS = (
    ("live", "On the site", "Nothing is on the site at this moment."),
    ("later", "Not yet there", "Nothing is scheduled for later."),
    ("gone", "Gone by then", "Nothing has been taken down by then."),
)


def _groups(request: HttpRequest, moment: datetime.datetime) -> list[Group]:
    """The three lists: two statements for each, and one for each kind of document."""
    versions = Publication.objects.for_moment()
    lists = {
        "live": versions.live_at(moment),
        "later": versions.first_after(moment),
        "gone": versions.live_at_last(moment),
    }
    pages = {
        key: Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get(key))
        for key, rows in lists.items()
    }
    shown = {key: list(page.object_list) for key, page in pages.items()}
    documents = working_copies([row for rows in shown.values() for row in rows])
    return [
        Group(
            key=key,
            title=title,
            empty=empty,
            page=pages[key],
            rows=[(row, documents.get(row.document_uid)) for row in shown[key]],
        )
        for key, title, empty in GROUPS
    ]


@require_safe
def site_at(request: HttpRequest, *, model_admin: Any) -> HttpResponse:
    """Three lists for a day and a time; each row leads to its page at that moment."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    now = timezone.now()
    is_asked = "day" in request.GET
    today = {"day": f"{now:%Y-%m-%d}", "time": f"{now:%H:%M}"}
    form = MomentForm(request.GET if is_asked else today)
    moment = moment_of(form) if is_asked else now
    query = {"day": f"{moment:%Y-%m-%d}", "time": f"{moment:%H:%M}"}
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "The site on another day",
        "opts": model_admin.opts,
        "form": form,
        "moment": moment,
        "is_ahead": moment > now,
        "groups": _groups(request, moment),
        "query": f"{urlencode(query)}&",
        "preview_query": urlencode({"text": MOMENT} | query),
    }
    return TemplateResponse(request, "admin/editorial/site_at.html", context)
