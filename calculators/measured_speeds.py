"""What the database has measured, beside what the formula expects."""

from dataclasses import replace

from benchmarks.models import Benchmark
from calculators.measured_rows import measurements
from estimator.answers import Estimate
from estimator.inputs import Request
from estimator.measured import with_measured
from estimator.measurements import Measurement


class MeasuredRows:
    """Rows by hardware, each read once. Keep one for a batch or a request."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Measurement]] = {}

    def on(self, hardware_slug: str) -> list[Measurement]:
        """Every single-request row of a piece of hardware, in four statements."""
        if hardware_slug not in self._rows:
            found = Benchmark.objects.for_speed().on_hardware(hardware_slug)
            self._rows[hardware_slug] = measurements(found)
        return self._rows[hardware_slug]


def measured(
    estimate: Estimate, request: Request, rows: MeasuredRows | None = None
) -> Estimate:
    """`estimate` with the speeds that published rows of the set-up say better."""
    if estimate.speeds is None:
        return estimate
    found = (rows or MeasuredRows()).on(request.machine.cards[0].slug)
    return replace(estimate, speeds=with_measured(estimate.speeds, request, found))
