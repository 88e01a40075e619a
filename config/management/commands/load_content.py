"""Publish the shipped documents that are not published yet."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from editorial.content import load_content


class Command(BaseCommand):
    help = "Publish every version under content/ that is not published yet."

    def add_arguments(self, parser):
        parser.add_argument(
            "--from",
            dest="directory",
            type=Path,
            default=settings.BASE_DIR / "content",
            help="The folder to read; content/ when not given.",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Say what would happen and write nothing.",
        )

    def handle(self, directory, dry_run, **options):
        report = load_content(
            directory,
            is_dry_run=dry_run,
            progress=lambda files: tqdm(files, unit="file", desc="content"),
        )
        for line in report.published:
            self.stdout.write(f"published  {line}")
        for line in report.conflicts:
            self.stdout.write(self.style.WARNING(f"conflict   {line}"))
        for line in report.errors:
            self.stderr.write(self.style.ERROR(f"error      {line}"))
        if report.errors:
            raise CommandError(f"{len(report.errors)} errors; nothing was written.")
        self.stdout.write(
            f"{len(report.published)} published, {report.unchanged} unchanged, "
            f"{len(report.conflicts)} conflicts"
        )
