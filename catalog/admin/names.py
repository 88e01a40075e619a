"""Vendors and aliases."""

from django.contrib import admin

from catalog.admin.findable import FindableAdmin
from catalog.models import Alias, Vendor
from editorial.desk.used_by import UsedByMixin


@admin.register(Vendor)
class VendorAdmin(UsedByMixin, FindableAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug"]


@admin.register(Alias)
class AliasAdmin(FindableAdmin):
    list_display = ["alias", "fact_type", "target_uid", "note"]
    list_filter = ["fact_type"]
    search_fields = ["alias", "note"]
    fields = ["fact_type", "alias", "target_uid", "note"]
