"""Fit the speed constants to the benchmark rows of the database."""

import datetime
from pathlib import Path
from statistics import mean, median
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from benchmarks.models import Benchmark
from calculators.measured_rows import measurements
from estimator.calibration import calibrate
from estimator.fitting import leave_one_device_out, usable
from estimator.speed_constants import FILE, as_json

TARGET = Path(settings.BASE_DIR) / "estimator" / "data" / FILE


class Command(BaseCommand):
    help = "Fit the speed constants to the benchmark rows; writes estimator/data."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=TARGET, help="File to write.")
        parser.add_argument(
            "--date",
            type=datetime.date.fromisoformat,
            help="Date to write into the file; today when not given.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        rows = measurements(Benchmark.objects.for_speed())
        fitting = usable(rows)
        if not fitting:
            raise CommandError("No usable rows. Run load_catalog first.")
        date = options["date"] or timezone.now().date()
        constants = calibrate(rows, fitted_on=date.isoformat())
        options["to"].write_text(as_json(constants), encoding="utf-8")
        errors = [residual.share for residual in leave_one_device_out(fitting)]
        self.stdout.write(
            f"{len(fitting)} rows on {constants.devices} devices. Leaving one device "
            f"out: median error {median(errors):.1%}, mean {mean(errors):.1%}."
        )
        self.stdout.write(f"Wrote {options['to']}.")
