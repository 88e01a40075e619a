"""What readers find changes with the row that an editor changes."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from editorial.desk.judged import JudgedMixin
from editorial.search.index import reindexing


class FindableAdmin(JudgedMixin, admin.ModelAdmin):
    """Saves and deletes a row together with the search entries it shows in."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool):
        with reindexing(obj._meta.label, [obj.uid]):
            super().save_model(request, obj, form, change)

    def save_formset(
        self, request: HttpRequest, form: Any, formset: Any, change: bool
    ) -> None:
        if not formset.has_changed():
            return super().save_formset(request, form, formset, change)
        with reindexing(form.instance._meta.label, [form.instance.uid]):
            super().save_formset(request, form, formset, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with reindexing(obj._meta.label, [obj.uid]):
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        uids = list(queryset.values_list("uid", flat=True))
        with reindexing(queryset.model._meta.label, uids):
            super().delete_queryset(request, queryset)
