"""App configuration."""

from django.apps import AppConfig


class CatalogApp(AppConfig):
    name = "catalog"
