"""App configuration."""

from django.apps import AppConfig


class EditorialApp(AppConfig):
    name = "editorial"
