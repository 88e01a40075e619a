"""People and groups: who may change whose rights, each change in the trail.

Without the two-column chooser: its icons carry labels that assistive technology may not
read, and a plain list of the browser's own does the same work.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.http import HttpRequest, HttpResponse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.rights_trail import record_deletion, record_rights, rights_of
from accounts.sessions import end_sessions
from editorial.audit import record
from editorial.desk.judged import JudgedMixin
from editorial.models import EventAction

# The devices' own forms would show the secrets.
admin.site.unregister([Group, User, StaticDevice, TOTPDevice])

OWN_RIGHTS = ("is_active", "is_staff", "groups", "user_permissions")
"""Nobody widens or narrows their own rights: somebody else does it."""


class TrailedMixin(JudgedMixin):
    """Writes down what a save or a deletion did to rights."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool):
        request.rights_before = rights_of(obj)
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        record_rights(form.instance, request.rights_before, by=request.user)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        record_deletion(obj, by=request.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for row in queryset:
            record_deletion(row, by=request.user)
        super().delete_queryset(request, queryset)


@admin.register(Group)
class PlainGroupAdmin(TrailedMixin, GroupAdmin):
    filter_horizontal = ()


@admin.register(User)
class PlainUserAdmin(TrailedMixin, UserAdmin):
    """An administrator can neither become a superuser nor touch one."""

    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    change_form_template = "admin/accounts/person_form.html"

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        readonly = super().get_readonly_fields(request, obj)
        if request.user.is_superuser:
            return readonly
        own = OWN_RIGHTS if obj is not None and obj.pk == request.user.pk else ()
        return (*readonly, "is_superuser", *own)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and not self._is_out_of_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who did something here cannot be deleted: the trail names them."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and not self._is_out_of_reach(request, obj)

    def _is_out_of_reach(self, request: HttpRequest, obj: Any) -> bool:
        is_superuser = isinstance(obj, User) and obj.is_superuser
        return is_superuser and not request.user.is_superuser

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Django's own view. It answers a valid form with a redirect to the person."""
        person = self.get_object(request, unquote(id))
        before = person.password if person else ""
        response = super().user_change_password(request, id, form_url)
        if person is not None:
            person.refresh_from_db(fields=["password"])
            if person.password != before:
                record(EventAction.PASSWORD, subject=str(person), by=request.user)
                if person != request.user:
                    note = "The password was set anew."
                    end_sessions(person, by=request.user, note=note)
        return response
