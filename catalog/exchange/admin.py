"""Export and import on the lists of facts."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from catalog.exchange import views
from editorial.rights import can


class ExchangeMixin:
    """An admin whose list can be exported and imported. Its model has a `FactTable`."""

    change_list_template = "admin/catalog/fact_change_list.html"

    def get_urls(self) -> list[Any]:
        stem = f"{self.opts.app_label}_{self.opts.model_name}"

        def route(pattern: str, view: Any, name: str) -> Any:
            wrapped = self.admin_site.admin_view(partial(view, model_admin=self))
            return path(pattern, wrapped, name=f"{stem}_{name}")

        return [
            route("export/<slug:file_format>/", views.fact_export, "export"),
            route("import/", views.fact_import, "import"),
            route("import/<uuid:uid>/", views.fact_import_plan, "import_plan"),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        offered = {
            "may_export": can(request.user, "export", self.model),
            "may_import": views.may_import(request.user, self.model),
            "filter_query": request.GET.urlencode(),
        }
        return super().changelist_view(request, offered | (extra_context or {}))
