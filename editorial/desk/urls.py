"""The addresses of the desk's views on a document."""

from functools import partial
from typing import Any

from django.urls import URLPattern, path

from editorial.desk import views
from editorial.desk.used_by import used_by_url


def desk_urls(document_admin: Any) -> list[URLPattern]:
    """Each view wrapped in the admin's login check, named after model and view."""
    options = document_admin.opts
    stem = f"{options.app_label}_{options.model_name}"

    def route(pattern: str, view: Any, name: str) -> URLPattern:
        wrapped = document_admin.admin_site.admin_view(
            partial(view, document_admin=document_admin)
        )
        return path(f"<int:object_id>/{pattern}", wrapped, name=f"{stem}_{name}")

    return [
        used_by_url(document_admin),
        route("step/<slug:verb>/", views.step, "step"),
        route("preview/", views.preview, "preview"),
        route("preview/frame/", views.preview_frame, "preview_frame"),
        route("versions/", views.version_list, "versions"),
        route("versions/diff/", views.version_diff, "diff"),
        route("restore/", views.restore, "restore"),
    ]
