"""The addresses of the desk's views on an issue."""

from functools import partial
from typing import Any

from django.urls import URLPattern, path

from newsletter.digest.desk import filling, sending


def issue_urls(issue_admin: Any) -> list[URLPattern]:
    """Each view wrapped in the admin's login check."""

    def route(pattern: str, view: Any, name: str) -> URLPattern:
        wrapped = issue_admin.admin_site.admin_view(
            partial(view, issue_admin=issue_admin)
        )
        return path(pattern, wrapped, name=f"newsletter_digestissue_{name}")

    return [
        route("new/", filling.issue_begin, "begin"),
        route("<int:object_id>/since/", filling.issue_since, "since"),
        route("<int:object_id>/mail/", sending.issue_mail, "mail"),
        route("<int:object_id>/mail/frame/", sending.issue_mail_frame, "mail_frame"),
        route("<int:object_id>/mail/test/", sending.issue_test, "test"),
        route("<int:object_id>/mail/send/", sending.issue_send, "send"),
    ]
