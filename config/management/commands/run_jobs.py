"""Do what waits, once: bulk jobs of the desk, then mail and what belongs to it."""

from django.core.management.base import BaseCommand

from editorial.bulk import sweep
from newsletter.jobs import COMMAND_SECONDS, sweep_once


class Command(BaseCommand):
    help = (
        "Do the bulk jobs that wait, send the mail that waits, whatever a worker left "
        "half done, and end: after four minutes of sending at the latest. May be "
        "stopped and run again at any time, several at once too."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--seconds",
            type=float,
            default=COMMAND_SECONDS,
            help="After so long no more mail is sent; %(default)s unless given.",
        )

    def handle(self, *, seconds, **options):
        number = sweep()
        self.stdout.write(f"{number} item{'' if number == 1 else 's'} done")
        if sent := sweep_once(seconds).sent_count:
            self.stdout.write(f"{sent} mail{'' if sent == 1 else 's'} sent")
