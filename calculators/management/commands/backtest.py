"""Compare estimates with every usable measurement and published figure."""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from benchmarks.models import Benchmark
from calculators.accuracy import FILE, accuracy_of, as_lines
from calculators.measured_rows import measurements
from estimator.backtesting import outcomes
from estimator.measurements import Kind
from estimator.scoring import as_json, of_kind


class Command(BaseCommand):
    help = "Compare estimates with measurements, leaving out each row's device."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--write",
            action="store_true",
            help="Keep the outcomes in the file that the page reads.",
        )
        parser.add_argument(
            "--date",
            type=datetime.date.fromisoformat,
            help="Date to write into the file; today when not given.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = outcomes(measurements(Benchmark.objects.for_speed()))
        if not of_kind(found, Kind.USABLE):
            raise CommandError("No usable rows. Run load_catalog first.")
        date = (options["date"] or timezone.now().date()).isoformat()
        for line in as_lines(accuracy_of(found, date)):
            self.stdout.write(line)
        if options["write"]:
            FILE.write_text(as_json(found, tested_on=date), encoding="utf-8")
            self.stdout.write(f"\nWrote {FILE}.")
