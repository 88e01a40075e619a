"""Load the facts of every app from their files."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from editorial.registry import loaders


class Command(BaseCommand):
    help = "Load every app's facts. Checks all files before it writes anything."

    def add_arguments(self, parser):
        parser.add_argument(
            "--from",
            dest="directory",
            type=Path,
            default=settings.BASE_DIR / "data",
            help="The folder to read; data/ when not given.",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Say what would change and write nothing.",
        )

    def handle(self, directory, dry_run, **options):
        batches = [(loader, loader.parse(directory)) for loader in loaders()]
        self._refuse_errors([error for _, batch in batches for error in batch.errors])
        total = sum(len(batch.records) for _, batch in batches)
        with tqdm(total=total, unit="row", desc="facts") as bar, transaction.atomic():
            for loader, batch in batches:
                self._load(loader, batch, bar)
            transaction.set_rollback(dry_run)
        if dry_run:
            self.stdout.write("Dry run: nothing was written.")

    def _refuse_errors(self, errors):
        for error in errors:
            self.stderr.write(self.style.ERROR(str(error)))
        if errors:
            raise CommandError(f"{len(errors)} bad cells; nothing was written.")

    def _load(self, loader, batch, bar):
        report = loader.load(batch, progress=lambda label, count: bar.update(count))
        self.stdout.write(
            f"{loader.name}: {report.created} created, {report.updated} updated, "
            f"{report.unchanged} unchanged, {len(report.conflicts)} conflicts"
        )
        for conflict in report.conflicts:
            self.stdout.write(self.style.WARNING(f"conflict: {conflict}"))
