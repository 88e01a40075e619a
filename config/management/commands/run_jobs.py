"""Do what waits in bulk jobs, once."""

from django.core.management.base import BaseCommand

from editorial.bulk import sweep


class Command(BaseCommand):
    help = (
        "Do the bulk jobs that wait, or that a worker left half done, and end. May be "
        "stopped and run again at any time, several at once too."
    )

    def handle(self, **options):
        number = sweep()
        self.stdout.write(f"{number} item{'' if number == 1 else 's'} done")
