"""App configuration."""

from django.apps import AppConfig


class BenchmarksApp(AppConfig):
    name = "benchmarks"
