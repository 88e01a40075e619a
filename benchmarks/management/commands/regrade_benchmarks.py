"""Judge every measurement anew and say how many rows each tier holds."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from benchmarks.grading import regrade_all, rows_per_tier


class Command(BaseCommand):
    help = "Work out the confidence of every measurement anew, and count the tiers."

    def handle(self, **options):
        changed = regrade_all()
        self.stdout.write(f"{changed} rows changed.")
        for tier, count in rows_per_tier(timezone.now().date()).items():
            self.stdout.write(f"{tier.label}: {count}")
