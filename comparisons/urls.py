"""Addresses of the compare pages."""

from re import escape

from django.urls import path, re_path

from comparisons import views

app_name = "comparisons"

FORMS = [
    ("", views.comparison_detail, "comparison_detail"),
    ("matrix.csv", views.comparison_csv, "comparison_csv"),
    ("matrix.json", views.comparison_json, "comparison_json"),
    ("embed/", views.comparison_embed, "comparison_embed"),
    ("history/", views.comparison_history, "comparison_history"),
]

SLUG = r"(?P<slug>[^/\x00]+)"
"""Anything but a byte that PostgreSQL refuses in a text."""

urlpatterns = [
    path("compare/", views.comparison_index, name="comparison_index"),
    re_path(
        r"^compare/(?P<folder>engines|hardware|models)/$",
        views.comparison_kind_index,
        name="comparison_kind_index",
    ),
    *(
        re_path(
            rf"^compare/(?P<folder>engines|hardware|models)/{SLUG}/{escape(tail)}$",
            view,
            name=name,
        )
        for tail, view, name in FORMS
    ),
    *(
        re_path(rf"^compare/{SLUG}/{escape(tail)}$", view, name=f"deployment_{name}")
        for tail, view, name in FORMS
    ),
]
