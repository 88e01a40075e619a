"""Letters in the admin: every mail to a subscriber, and what became of it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers

from newsletter.admin.mailing_steps import LETTER_STEPS, offered_steps
from newsletter.admin.mailings import page_of
from newsletter.admin.stepping import Sent, SteppedAdmin
from newsletter.models import Letter


@admin.register(Letter)
class LetterAdmin(SteppedAdmin):
    """What stands in a letter is its reader's: the desk shows only how it fared."""

    steps = LETTER_STEPS
    list_display = ["address", "kind", "state", "finished_at", "attempts", "sentence"]
    list_filter = ["state", "kind", ("mailing", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["address", "message_id"]
    search_help_text = "An address, or a message's id."
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).for_listing().order_by("-pk")

    def back_to(self, letter: Letter) -> str:
        """Where it was decided about: on the page of its mailing."""
        if letter.mailing is not None:
            return page_of(letter.mailing)
        return super().back_to(letter)

    def own_page(
        self, request: HttpRequest, letter: Letter, sent: Sent = None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": f"Letter: {letter}",
            "opts": self.opts,
            "letter": letter,
            "offers": offered_steps(LETTER_STEPS, letter, request.user, sent),
        }
        template = "admin/newsletter/letter.html"
        response = TemplateResponse(request, template, context)
        add_never_cache_headers(response)
        return response
