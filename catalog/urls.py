"""Addresses of the facts' pages."""

from django.urls import path, re_path

from catalog import list_views, views

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
    path("tools/<str:slug>/", views.engine_detail, name="engine_detail"),
    path("hardware/<str:slug>/", views.hardware_detail, name="hardware_detail"),
    path("models/<str:slug>/", views.ai_model_detail, name="ai_model_detail"),
]
