"""Sources in the desk: their pages' state, their doubles, and merging two."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html_join
from django.views.decorators.http import require_http_methods, require_safe

from editorial.desk.judged import JudgedMixin
from editorial.desk.pickers import SourceField
from editorial.desk.used_by import UsedByMixin
from editorial.link_checks.findings import state_of
from editorial.models import LinkCheck, Source
from editorial.problems import NotAllowedError, WrongStateError
from editorial.registry import register_desk_box
from editorial.rights import can, objection
from editorial.source_addresses import alike_sources, duplicate_keys
from editorial.source_merging import merge_sources
from editorial.uses import uses_of

MOST_ASKED = 30
"""Addresses of one field that are looked up while somebody types."""

LIST = "admin:editorial_source_changelist"


class PageFilter(admin.SimpleListFilter):
    title = "page"
    parameter_name = "page"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("dead", "died"),
            ("moved", "redirected for good"),
            ("double", "known twice"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "dead":
            return queryset.dead()
        if self.value() == "moved":
            return queryset.moved()
        if self.value() == "double":
            return queryset.filter(pk__in=duplicate_keys())
        return queryset


class MergeForm(forms.Form):
    """Which source stays."""

    into = SourceField(
        label="Keep this source",
        required=True,
        help_text="Its address. It takes over what the other one proves.",
    )


class SourceAdmin(UsedByMixin, JudgedMixin, admin.ModelAdmin):
    change_form_template = "admin/editorial/source_change_form.html"
    list_display = ["title", "publisher", "kind", "retrieved_on", "url"]
    list_filter = [PageFilter, "kind", "retrieved_on"]
    search_fields = ["title", "url", "publisher"]
    fields = ["url", "title", "publisher", "kind", "retrieved_on", "archive_url"]
    fields += ["page_state", "doubles"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    readonly_fields = ["page_state", "doubles"]

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(partial(merge, source_admin=self))
        name = "editorial_source_merge"
        known = self.admin_site.admin_view(known_sources)
        return [
            path("known/", known, name="editorial_source_known"),
            path("<int:object_id>/merge/", view, name=name),
            *super().get_urls(),
        ]

    @admin.display(description="page")
    def page_state(self, source: Source) -> str:
        check = LinkCheck.objects.filter(source=source, url=source.url).first()
        return state_of(check) if check else "Not asked yet."

    @admin.display(description="same page")
    def doubles(self, source: Source) -> str:
        """Other sources with the address or the copy of this page."""
        found = alike_sources([source.url]).get(source.url, []) if source.url else []
        if not found:
            return "No other source has this address."
        links = ((change_url(row), row.url) for row in found)
        return format_html_join(", ", '<a href="{}">{}</a>', links)


def change_url(source: Source) -> str:
    return reverse("admin:editorial_source_change", args=[source.pk])


@require_safe
def known_sources(request: HttpRequest) -> JsonResponse:
    """What is known of each `url`: its title, or pages that it may be."""
    if not can(request.user, "view", Source):
        raise PermissionDenied(objection(request.user, "view", Source))
    urls = request.GET.getlist("url")[:MOST_ASKED]
    known = Source.objects.at_addresses(urls)
    alike = alike_sources(url for url in urls if url not in known)
    told = [
        {
            "url": url,
            "known": str(known[url]) if url in known else "",
            "alike": [{"title": str(s), "url": s.url} for s in alike.get(url, [])],
        }
        for url in urls
    ]
    return JsonResponse({"sources": told})


@require_http_methods(["GET", "POST"])
def merge(
    request: HttpRequest, object_id: int, *, source_admin: SourceAdmin
) -> HttpResponse:
    """Ask which source stays, showing what moves to it; then merge."""
    source = source_admin.get_object(request, str(object_id))
    if source is None:
        raise Http404
    if not can(request.user, "merge", source):
        raise PermissionDenied(objection(request.user, "merge", source))
    alike = alike_sources([source.url]).get(source.url, [])
    form = MergeForm(request.POST or None, initial={"into": (alike or [None])[0]})
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        try:
            moved = merge_sources(source, into=into, by=request.user)
        except (NotAllowedError, WrongStateError) as error:
            form.add_error("into", str(error))
        else:
            places = "1 place cites" if moved == 1 else f"{moved} places cite"
            messages.success(request, f"Merged: {places} “{into}” now.")
            return redirect(change_url(into))
    context = {
        **source_admin.admin_site.each_context(request),
        "title": f"Merge: {source}",
        "opts": source_admin.opts,
        "original": source,
        "form": form,
        "groups": uses_of(source),
    }
    return TemplateResponse(request, "admin/editorial/source_merge.html", context)


def register() -> None:
    register_desk_box(
        "Dead sources",
        count=lambda user: Source.objects.dead().count(),
        link=lambda: f"{reverse(LIST)}?page=dead",
        order=55,
        right=lambda user: can(user, "view", Source),
    )
