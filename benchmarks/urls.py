"""Addresses of measurements."""

from django.urls import path

from benchmarks import detail_views, list_views

app_name = "benchmarks"

urlpatterns = [
    path("benchmarks/", list_views.benchmark_list, name="benchmark_list"),
    path("benchmarks/list.csv", list_views.benchmark_csv, name="benchmark_csv"),
    path("benchmarks/list.json", list_views.benchmark_json, name="benchmark_json"),
    path(
        "benchmarks/<str:slug>/",
        detail_views.benchmark_detail,
        name="benchmark_detail",
    ),
]
