"""Add up how often pages were read, from the logs of the web server."""

import gzip
import sys
from contextlib import nullcontext
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from editorial.reads.counting import AnotherLogError, count_reads

DECODED = {"encoding": "utf-8", "errors": "surrogateescape", "newline": "\n"}


class Command(BaseCommand):
    help = (
        "Count reads of pages in access logs: the common or combined format, or this "
        "site's own lines. Each line counts once, however often its file is given; no "
        "address of a reader is kept."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "logs",
            nargs="*",
            type=Path,
            help="Files, packed ones (.gz) too. Without any: standard input.",
        )

    def handle(self, logs, **options):
        for log in logs or [None]:
            name = str(log) if log else "standard input"
            try:
                with self.opened(log) as lines:
                    report = count_reads(lines)
            except (OSError, AnotherLogError) as error:
                raise CommandError(f"{name}: {error}") from error
            self.stdout.write(
                f"{name}: {report.lines} lines, {report.new_lines} of them new, "
                f"{report.reads} reads of {report.pages} pages"
            )

    def opened(self, log):
        if log is None:
            return nullcontext(sys.stdin)
        if log.suffix == ".gz":
            return gzip.open(log, "rt", **DECODED)
        return log.open(**DECODED)
