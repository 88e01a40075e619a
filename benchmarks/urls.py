"""Addresses of measurements."""

from django.urls import path

from benchmarks import detail_views, list_views
from benchmarks.detail import title_of
from benchmarks.tracked import BENCHMARK
from catalog.change_views import ChangePages, change_urls

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
    *change_urls(
        "benchmarks",
        ChangePages(
            name="benchmarks:benchmark",
            parts=BENCHMARK,
            find=detail_views.public_row,
            title=title_of,
            crumbs=detail_views.crumbs_through,
        ),
    ),
]
