"""The addresses of the desk's views that begin, copy and change sides."""

from functools import partial
from typing import Any

from django.urls import URLPattern, path

from comparisons.desk import views


def side_urls(comparison_admin: Any) -> list[URLPattern]:
    def route(pattern: str, view: Any, name: str) -> URLPattern:
        wrapped = comparison_admin.admin_site.admin_view(
            partial(view, comparison_admin=comparison_admin)
        )
        return path(pattern, wrapped, name=f"comparisons_comparison_{name}")

    return [
        route("new/", views.comparison_begin, "begin"),
        route("<int:object_id>/copy/", views.comparison_copy, "copy"),
        route("<int:object_id>/sides/", views.comparison_sides, "sides"),
        route("<int:object_id>/sides/<uuid:uid>/drop/", views.side_drop, "drop_side"),
    ]
