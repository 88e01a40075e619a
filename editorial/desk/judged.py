"""The admin's own questions about rights, answered by `can` like all others."""

from typing import Any

from django.http import HttpRequest

from editorial.rights import can


class JudgedMixin:
    """For an admin or an inline: no right that `editorial.rights` does not give."""

    model: Any

    def _can(self, request: HttpRequest, verb: str, obj: Any) -> bool:
        """An inline is asked with the row it stands in, which is of another model."""
        subject = obj if isinstance(obj, self.model) else self.model
        return can(request.user, verb, subject)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._can(request, "view", obj) or self._can(request, "edit", obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._can(request, "create", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._can(request, "edit", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._can(request, "delete", obj)
