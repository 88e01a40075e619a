"""Loading and writing the catalogue's files."""

from pathlib import Path

from catalog.files.engines import parse_engines
from catalog.files.hardware import parse_hardware
from catalog.files.model_languages import parse_model_languages
from catalog.files.models import parse_models
from catalog.files.writing import write_catalog
from catalog.importing.records import Batch
from catalog.importing.sync import Progress, Report, sync_batch


def parse_catalog(directory: Path) -> Batch:
    """Everything the catalogue's files say; bad cells are in `errors`."""
    batch = Batch()
    parse_engines(directory, batch)
    parse_hardware(directory, batch)
    parse_models(directory, batch)
    parse_model_languages(directory, batch)
    batch.refuse_repeated_rows()
    return batch


def load(batch: Batch, *, progress: Progress | None = None) -> Report:
    """Write a batch without errors inside the caller's transaction."""
    return sync_batch(batch, progress=progress)


def export(directory: Path) -> None:
    """Write the files from the rows, so that parsing them gives the same records."""
    directory.mkdir(parents=True, exist_ok=True)
    write_catalog(directory)
