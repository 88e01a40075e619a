"""The rights of a database login that may read what readers see, and nothing else."""

from django.core.management.base import BaseCommand

from editorial.registry import public_tables


class Command(BaseCommand):
    help = "Print the PostgreSQL statements that give a login the public tables only."

    def add_arguments(self, parser):
        parser.add_argument("--role", default="public_reader", help="The login's name.")

    def handle(self, role, **options):
        self.stdout.write(f'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{role}";')
        self.stdout.write(f'GRANT USAGE ON SCHEMA public TO "{role}";')
        for table in sorted(public_tables()):
            self.stdout.write(f'GRANT SELECT ON "{table}" TO "{role}";')
