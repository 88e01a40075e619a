"""Rows that only the workflow writes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from editorial.desk.judged import JudgedMixin


class ReadOnlyAdmin(JudgedMixin, admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}
