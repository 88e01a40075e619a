"""Subscribers in the admin: looked up, counted, and erased at their wish."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from editorial.desk.read_only import ReadOnlyAdmin
from editorial.rights import can, objection
from newsletter.models import Subscriber
from newsletter.subscriptions import erase


@admin.register(Subscriber)
class SubscriberAdmin(ReadOnlyAdmin):
    """Who gets the digest. What they get they change themselves."""

    list_display = ["address", "state", "digest", "watch_count", "confirmed_at"]
    list_filter = ["state", "wants_digest"]
    show_facets = admin.ShowFacets.ALWAYS
    search_fields = ["address", "address_key"]
    search_help_text = "Part of an address"
    ordering = ["-pk"]
    change_form_template = "admin/newsletter/subscriber.html"
    fields = [
        *("address", "state", "wants_digest", "paused_until", "created_at"),
        *("expires_at", "confirmed_at", "left_at", "leave_reason", "leave_remark"),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_watch_count()

    @admin.display(description="digest", ordering="wants_digest")
    def digest(self, subscriber: Subscriber) -> str:
        until = subscriber.paused_until
        if not subscriber.wants_digest:
            return "no"
        is_paused = until is not None and until > timezone.now().date()
        return f"paused until {until:%d %b %Y}" if is_paused else "yes"

    @admin.display(description="watches", ordering="watch_count")
    def watch_count(self, subscriber: Subscriber) -> int:
        return subscriber.watch_count

    def get_urls(self) -> list[Any]:
        erasing = self.admin_site.admin_view(self.erase_view)
        address = "<int:object_id>/erase/"
        own = path(address, erasing, name="newsletter_subscriber_erase")
        return [own, *super().get_urls()]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        may = {"may_erase": can(request.user, "erase", Subscriber)}
        context = may | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def erase_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return erase_page(request, object_id, subscriber_admin=self)


@require_http_methods(["GET", "HEAD", "POST"])
def erase_page(
    request: HttpRequest, object_id: int, *, subscriber_admin: SubscriberAdmin
) -> HttpResponse:
    """Asks once more, then erases whatever names the subscriber."""
    subscriber = subscriber_admin.get_object(request, str(object_id))
    if subscriber is None:
        raise Http404
    if sentence := objection(request.user, "erase", subscriber):
        raise PermissionDenied(sentence)
    if request.method == "POST":
        erase(subscriber, by=request.user)
        messages.success(request, "The subscriber is erased. A keyed hash stays.")
        return redirect(reverse("admin:newsletter_subscriber_changelist"))
    context = {
        **subscriber_admin.admin_site.each_context(request),
        "title": "Erase",
        "opts": subscriber_admin.opts,
        "subscriber": subscriber,
    }
    template = "admin/newsletter/subscriber_erase.html"
    return TemplateResponse(request, template, context)
