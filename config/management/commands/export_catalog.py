"""Write the facts of every app back to files."""

from pathlib import Path

from django.core.management.base import BaseCommand

from editorial.registry import loaders


class Command(BaseCommand):
    help = "Write every app's facts to a folder, in the form that load_catalog reads."

    def add_arguments(self, parser):
        parser.add_argument("directory", type=Path)

    def handle(self, directory, **options):
        for loader in loaders():
            loader.export(directory)
            self.stdout.write(f"{loader.name}: written to {directory}")
