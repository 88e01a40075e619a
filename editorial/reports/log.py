"""The public log of corrections in numbers."""

from dataclasses import dataclass
from statistics import median

from editorial.models import Correction
from editorial.vocabularies import CORRECTION_DAYS


@dataclass(frozen=True)
class LogFigures:
    """How quickly mistakes were corrected, worked out from the rows."""

    count: int
    median_days: float
    in_time: int

    @property
    def share_in_time(self) -> int:
        """Per cent corrected within the limit, rounded down."""
        return self.in_time * 100 // self.count


def log_figures() -> LogFigures | None:
    """None while nothing has been corrected."""
    days = list(Correction.objects.values_list("days_taken", flat=True))
    if not days:
        return None
    in_time = sum(each <= CORRECTION_DAYS for each in days)
    return LogFigures(len(days), median(days), in_time)
