"""Loading and writing the file of measurements."""

from benchmarks.files import parse_benchmarks, write_benchmarks
from benchmarks.grading import regrade_all
from catalog.importing.records import Batch
from catalog.importing.sync import Progress, Report, sync_batch

parse = parse_benchmarks
export = write_benchmarks


def load(batch: Batch, *, progress: Progress | None = None) -> Report:
    """Write a batch without errors inside the caller's transaction.

    A new row can change the confidence of its equals, so all are judged anew.
    """
    report = sync_batch(batch, progress=progress)
    regrade_all()
    return report
