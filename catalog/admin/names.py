"""Vendors, aliases and sources."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from catalog.admin.findable import FindableAdmin
from catalog.exchange.admin import ExchangeMixin
from catalog.models import Alias, Vendor
from editorial.desk.sources import SourceAdmin
from editorial.desk.used_by import UsedByMixin
from editorial.models import Source


@admin.register(Vendor)
class VendorAdmin(UsedByMixin, ExchangeMixin, FindableAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug"]


@admin.register(Alias)
class AliasAdmin(ExchangeMixin, FindableAdmin):
    list_display = ["alias", "fact_type", "target", "note"]
    list_filter = ["fact_type"]
    search_fields = ["alias", "note"]
    fields = ["fact_type", "alias", "target_uid", "note"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_target()

    @admin.display(description="stands for")
    def target(self, alias: Any) -> str:
        return alias.target_slug or str(alias.target_uid)


@admin.register(Source)
class ExchangedSourceAdmin(ExchangeMixin, SourceAdmin):
    """What `editorial` shows of sources, and their table."""
