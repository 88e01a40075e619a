"""Addresses of the facts' pages."""

from functools import partial

from django.urls import path, re_path

from catalog import detail_views, list_views
from catalog.change_views import ChangePages, change_urls
from catalog.details.pages import crumbs_through
from catalog.tracked import TRACKED

app_name = "catalog"

urlpatterns = [
    path("tools/", list_views.engine_list, name="engine_list"),
    path("hardware/", list_views.hardware_list, name="hardware_list"),
    path("models/", list_views.ai_model_list, name="ai_model_list"),
    re_path(
        r"^(?P<section>tools|hardware|models)/list\.csv$",
        list_views.list_csv,
        name="list_csv",
    ),
    re_path(
        r"^(?P<section>tools|hardware|models)/list\.json$",
        list_views.list_json,
        name="list_json",
    ),
]

FACT_PAGES = (
    ("tools", "engine", "engine", detail_views.engine_detail),
    ("hardware", "hardware", "hardware", detail_views.hardware_detail),
    ("models", "ai_model", "model", detail_views.ai_model_detail),
)
"""Folder, stem of the names, fact type and view of each."""

for folder, name, fact_type, view in FACT_PAGES:
    changes = ChangePages(
        name=f"catalog:{name}",
        parts=TRACKED[fact_type],
        find=partial(detail_views.fact_named, fact_type),
        title=str,
        crumbs=crumbs_through,
    )
    urlpatterns += [
        path(f"{folder}/<str:slug>/", view, name=f"{name}_detail"),
        *change_urls(folder, changes),
    ]
