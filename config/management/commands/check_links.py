"""Ask whether the pages behind our sources are still there."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from editorial.link_checks.sweeping import due_addresses, sweep
from editorial.reports.answering import forget_addresses


class Command(BaseCommand):
    help = (
        "Ask the pages of sources that are due and keep what they say. May be stopped "
        "and run again at any time, several at once too."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--limit", type=int, default=200, help="Ask at most so many; 200."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="List what is due and ask nothing."
        )

    def handle(self, limit, dry_run, **options):
        if dry_run:
            for url in due_addresses(limit):
                self.stdout.write(url)
            return
        forget_addresses(timezone.now())  # a promise kept by every nightly sweep
        good = asked = 0
        for url, answer in sweep(limit):
            asked += 1
            good += answer.is_good
            if not answer.is_good:
                self.stdout.write(f"{answer.status or answer.note}  {url}")
        self.stdout.write(f"{asked} asked, {good} there, {asked - good} not")
