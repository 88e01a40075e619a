"""Addresses of the pages about accounts, below the desk's own."""

from typing import Any

from django.contrib import admin
from django.urls import path

from accounts.views import others, own

app_name = "accounts"


def _route(pattern: str, view: Any, name: str) -> Any:
    return path(pattern, admin.site.admin_view(view), name=name)


urlpatterns = [
    _route("", own.account, "account"),
    _route("sessions/end/", own.session_end, "session_end"),
    _route("second-factor/code/", own.verify, "verify"),
    _route("second-factor/set-up/", own.enrol, "enrol"),
    _route("second-factor/recovery-codes/", own.recovery_codes, "recovery_codes"),
    _route("second-factor/<int:pk>/remove/", own.app_remove, "app_remove"),
    _route("people/<int:pk>/", others.person_access, "person_access"),
    _route(
        "people/<int:pk>/sessions/end/", others.person_session_end, "person_session_end"
    ),
    _route(
        "people/<int:pk>/second-factor/remove/",
        others.person_factor_remove,
        "person_factor_remove",
    ),
    _route("lock-outs/", others.lock_out_list, "lock_outs"),
]
