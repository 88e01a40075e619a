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

urlpatterns = [
    path("compare/", views.comparison_index, name="comparison_index"),
    re_path(
        r"^compare/(?P<folder>engines|hardware|models)/$",
        views.comparison_kind_index,
        name="comparison_kind_index",
    ),
    *(
        re_path(
            rf"^compare/(?P<folder>engines|hardware|models)/(?P<slug>[^/]+)/{escape(tail)}$",
            view,
            name=name,
        )
        for tail, view, name in FORMS
    ),
    *(
        path(f"compare/<str:slug>/{tail}", view, name=f"deployment_{name}")
        for tail, view, name in FORMS
    ),
]
