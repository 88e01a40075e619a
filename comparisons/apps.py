"""App configuration."""

from django.apps import AppConfig


class ComparisonsApp(AppConfig):
    name = "comparisons"
