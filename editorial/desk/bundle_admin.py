"""Bundles in the admin: the stock list and form, and the desk's own pages."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from editorial.desk import bundles
from editorial.desk.judged import JudgedMixin
from editorial.models import Bundle


@admin.register(Bundle)
class BundleAdmin(JudgedMixin, admin.ModelAdmin):
    list_display = ["name", "state", "document_count", "live_from", "purpose"]
    search_fields = ["name", "purpose", "items__title"]
    fields = ["name", "purpose"]
    change_list_template = "admin/editorial/bundle_list.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).for_listing()

    @admin.display(description="state")
    def state(self, bundle: Bundle) -> str:
        if bundle.is_open:
            return "open"
        return "goes live" if bundle.is_ahead else "went live"

    @admin.display(description="documents")
    def document_count(self, bundle: Any) -> int:
        return int(bundle.document_count)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A released bundle stays: its documents' logs speak of it."""
        is_released = obj is not None and not obj.is_open
        return not is_released and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def save_model(
        self, request: HttpRequest, obj: Bundle, form: Any, change: bool
    ) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def response_add(
        self, request: HttpRequest, obj: Bundle, post_url_continue: Any = None
    ) -> HttpResponse:
        """Straight to the page on which documents are added."""
        super().response_add(request, obj, post_url_continue)
        return redirect(bundles.bundle_url(obj))

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **options: Any
    ) -> HttpResponse:
        return bundles.bundle_detail(request, object_id, model_admin=self)

    def details_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The stock form: name and purpose."""
        return self.changeform_view(request, str(object_id))

    def get_urls(self) -> list[Any]:
        def route(pattern: str, view: Any, name: str) -> Any:
            wrapped = self.admin_site.admin_view(partial(view, model_admin=self))
            return path(pattern, wrapped, name=f"editorial_bundle_{name}")

        stock_form = self.admin_site.admin_view(self.details_view)
        return [
            route("pick/", bundles.bundle_pick, "pick"),
            path(
                "<int:object_id>/details/", stock_form, name="editorial_bundle_details"
            ),
            route("<int:object_id>/add/", bundles.bundle_add, "add_document"),
            route(
                "<int:object_id>/remove/<uuid:document_uid>/",
                bundles.bundle_remove,
                "remove_document",
            ),
            route("<int:object_id>/step/<slug:verb>/", bundles.bundle_step, "step"),
            *super().get_urls(),
        ]
