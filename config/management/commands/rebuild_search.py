"""Make the search index again from what it describes, or say whether it is in order."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from tqdm import tqdm

from editorial.registry import search_sources
from editorial.search import index, storage


class Command(BaseCommand):
    help = "Make every search entry again, in one transaction, and print what differed."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check",
            action="store_true",
            help="Write nothing; exit with 1 where the index is not in order.",
        )

    def handle(self, check, **options):
        is_intact = storage.is_intact(connection)
        repairs = self._repairs(index.check if check else index.rebuild)
        for repair in repairs:
            self.stdout.write(
                f"{repair.kind}: {repair.created} missing, {repair.updated} out of "
                f"date, {repair.removed} without a subject, {repair.unchanged} in order"
            )
        if not storage.has_trigrams(connection):
            self.stdout.write(self.style.WARNING(storage.NO_TRIGRAMS))
        if not check:
            return
        if not is_intact:
            self.stdout.write("The database's own index does not match the entries.")
        if not (is_intact and all(repair.is_in_order for repair in repairs)):
            raise CommandError("Not in order: run `manage.py rebuild_search`.")

    def _repairs(self, work):
        total = len(search_sources())
        with tqdm(total=total, unit="kind", desc="search") as bar:
            return work(progress=lambda: bar.update(1))
