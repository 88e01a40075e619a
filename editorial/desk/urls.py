"""The addresses of the desk's views on a document."""

from functools import partial
from typing import Any

from django.urls import URLPattern, path

from editorial.desk import comments, conflicts, previews, scratches, sharing, views
from editorial.desk.bulk_actions import bulk_confirm
from editorial.desk.document_files import document_export, document_import
from editorial.desk.used_by import used_by_url


def desk_urls(document_admin: Any) -> list[URLPattern]:
    """Each view wrapped in the admin's login check, named after model and view."""
    options = document_admin.opts
    stem = f"{options.app_label}_{options.model_name}"

    def any_route(pattern: str, view: Any, name: str) -> URLPattern:
        wrapped = document_admin.admin_site.admin_view(
            partial(view, document_admin=document_admin)
        )
        return path(pattern, wrapped, name=f"{stem}_{name}")

    def route(pattern: str, view: Any, name: str) -> URLPattern:
        return any_route(f"<int:object_id>/{pattern}", view, name)

    def new_route(pattern: str, view: Any, name: str) -> URLPattern:
        return any_route(f"add/{pattern}", view, f"new_{name}")

    typing = [
        ("scratch/", scratches.scratch, "scratch"),
        ("typed/<uuid:key>/", scratches.typed, "typed"),
        ("discard/", scratches.discard, "discard"),
    ]
    return [
        *(new_route(*parts) for parts in typing),
        *(route(*parts) for parts in typing),
        route("merge/", conflicts.merge_texts, "merge"),
        route("links/", sharing.link_list, "links"),
        route("links/<int:link_pk>/revoke/", sharing.link_revoke, "revoke_link"),
        any_route("bulk/<slug:verb>/", bulk_confirm, "bulk"),
        any_route("export/", document_export, "export"),
        any_route("import/", document_import, "import"),
        used_by_url(document_admin),
        route("step/<slug:verb>/", views.step, "step"),
        route("preview/", previews.preview, "preview"),
        route("preview/frame/", previews.preview_frame, "preview_frame"),
        route("versions/", views.version_list, "versions"),
        route("versions/diff/", views.version_diff, "diff"),
        route("restore/", views.restore, "restore"),
        route("comments/", comments.comment_list, "comments"),
        route("comments/mute/", comments.comment_mute, "comment_mute"),
        route("comments/<int:comment_id>/reply/", comments.comment_reply, "reply"),
        route("comments/<int:comment_id>/settle/", comments.comment_settle, "settle"),
    ]
