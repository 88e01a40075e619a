"""Letters in the admin: every mail to a subscriber, and what became of it."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from editorial.desk.read_only import ReadOnlyAdmin
from newsletter.admin.mailing_steps import LETTER_STEPS, offered_steps
from newsletter.admin.mailings import page_of
from newsletter.admin.stepping import row_for, take_step
from newsletter.models import Letter


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    """What stands in a letter is its reader's: the desk shows only how it fared."""

    list_display = ["address", "kind", "state", "finished_at", "attempts", "sentence"]
    list_filter = ["state", "kind", ("mailing", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["address", "message_id"]
    search_help_text = "An address, or a message's id."
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).for_listing().order_by("-pk")

    def get_urls(self) -> list[Any]:
        step = self.admin_site.admin_view(require_POST(self.step_view))
        address = "<int:object_id>/step/<slug:slug>/"
        own = path(address, step, name="newsletter_letter_step")
        return [own, *super().get_urls()]

    def step_view(self, request: HttpRequest, object_id: int, slug: str) -> Any:
        return take_step(
            request,
            object_id,
            slug,
            steps=LETTER_STEPS,
            model_admin=self,
            back=_where_it_was_decided,
            again=lambda request, row, sent: self._page(request, row),
        )

    @method_decorator(require_safe)
    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **options: Any
    ) -> HttpResponse:
        return self._page(request, row_for(request, object_id, "view", self))

    def _page(self, request: HttpRequest, letter: Letter) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": f"Letter: {letter}",
            "opts": self.opts,
            "letter": letter,
            "offers": offered_steps(LETTER_STEPS, letter, request.user),
        }
        template = "admin/newsletter/letter.html"
        response = TemplateResponse(request, template, context)
        add_never_cache_headers(response)
        return response


def _where_it_was_decided(letter: Letter) -> str:
    if letter.mailing is not None:
        return page_of(letter.mailing)
    return reverse("admin:newsletter_letter_change", args=[letter.pk])
