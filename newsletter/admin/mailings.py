"""Mailings in the admin: the list, and the page that shows how far one is."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from newsletter.admin.mailing_steps import LETTER_STEPS, MAILING_STEPS, offered_steps
from newsletter.admin.progress import ROWS_SHOWN, progress_of
from newsletter.admin.stepping import Sent, SteppedAdmin
from newsletter.models import Mailing

OK, UNPROCESSABLE = 200, 422


@admin.register(Mailing)
class MailingAdmin(SteppedAdmin):
    """Begun by a publication or a changed fact, and sent by the worker."""

    steps = MAILING_STEPS
    list_display = ["subject", "kind", "state", "created_at", "finished_at", "who"]
    list_filter = ["state", "kind", "created_at"]
    search_fields = ["subject"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).for_listing()

    @admin.display(description="begun by")
    def who(self, mailing: Mailing) -> str:
        return str(mailing.started_by or "The site")

    def own_page(
        self, request: HttpRequest, mailing: Mailing, sent: Sent = None
    ) -> HttpResponse:
        """How far it is. Asked again by the page itself, until something new stands
        there that a person may want to act on: then it is loaded as a whole."""
        now = timezone.now()
        progress = progress_of(mailing, now)
        seen = f"{mailing.state}-{progress.uncertain}-{bool(progress.failed)}"
        context = {
            **self.admin_site.each_context(request),
            "title": f"Mailing: {mailing}",
            "opts": self.opts,
            "mailing": mailing,
            "progress": progress,
            "is_stale": mailing.is_stale_at(now),
            "seen": seen,
            "offers": offered_steps(MAILING_STEPS, mailing, request.user, sent),
            "undecided": [] if mailing.is_called_off else undecided(mailing),
            "rows_shown": ROWS_SHOWN,
            "letter_steps": LETTER_STEPS.values(),
            "now": now,
        }
        template = "admin/newsletter/mailing.html"
        status = UNPROCESSABLE if sent else OK
        response = TemplateResponse(request, template, context, status=status)
        if request.GET.get("seen", seen) != seen:
            response["HX-Refresh"] = "true"
        add_never_cache_headers(response)
        return response


def undecided(mailing: Mailing) -> list[tuple[str, str, Any]]:
    """The first letters that wait for somebody's word, under what it would mean."""
    return [
        (
            "Nobody knows whether these arrived",
            "Sent again, whoever has it already gets it twice. Left, whoever has not "
            "got it goes without.",
            mailing.letters.uncertain().order_by("pk")[:ROWS_SHOWN],
        ),
        (
            "These were refused",
            "They did not arrive. To send one again helps where the reason has gone.",
            mailing.letters.failed().order_by("pk")[:ROWS_SHOWN],
        ),
    ]


def page_of(mailing: Mailing) -> str:
    return reverse("admin:newsletter_mailing_change", args=[mailing.pk])
