"""Database triggers that keep published rows as they were.

Installed after every migration, because SQLite drops them without a word when a
migration rebuilds the table; a system check fails when they are missing.
"""

from django.core.checks import Error
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.utils import DatabaseError

from editorial.models import EditorialEvent, Publication, PublicationReference

MAY_CHANGE = {
    Publication: {"visible_until"},
    PublicationReference: set(),
    EditorialEvent: set(),
}


def trigger_name(model) -> str:
    return f"{model._meta.db_table}_is_immutable"


def _frozen_columns(model) -> list[str]:
    return [
        field.column
        for field in model._meta.concrete_fields
        if field.name not in MAY_CHANGE[model]
    ]


def _sqlite(model) -> list[str]:
    name, table = trigger_name(model), model._meta.db_table
    changed = " OR ".join(
        f'OLD."{column}" IS NOT NEW."{column}"' for column in _frozen_columns(model)
    )
    return [
        f'DROP TRIGGER IF EXISTS "{name}"',
        f'CREATE TRIGGER "{name}" BEFORE UPDATE ON "{table}" FOR EACH ROW '
        f"WHEN {changed} BEGIN SELECT RAISE(ABORT, '{table} is immutable'); END",
    ]


def _postgresql(model) -> list[str]:
    name, table = trigger_name(model), model._meta.db_table
    changed = " OR ".join(
        f'OLD."{column}" IS DISTINCT FROM NEW."{column}"'
        for column in _frozen_columns(model)
    )
    return [
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger AS $$ '
        f"BEGIN RAISE EXCEPTION '{table} is immutable'; END; $$ LANGUAGE plpgsql",
        f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"',
        f'CREATE TRIGGER "{name}" BEFORE UPDATE ON "{table}" FOR EACH ROW '
        f'WHEN ({changed}) EXECUTE FUNCTION "{name}"()',
    ]


STATEMENTS = {"sqlite": _sqlite, "postgresql": _postgresql}


def install_triggers(using=DEFAULT_DB_ALIAS, **kwargs) -> None:
    """Create or replace every trigger; runs after each migration."""
    connection = connections[using]
    present = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for model in MAY_CHANGE:
            if model._meta.db_table in present:
                for statement in STATEMENTS[connection.vendor](model):
                    cursor.execute(statement)


def installed_triggers(using=DEFAULT_DB_ALIAS) -> set[str]:
    connection = connections[using]
    question = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": (
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(question)
        return {name for (name,) in cursor.fetchall()}


def check_triggers(app_configs, databases=None, **kwargs) -> list[Error]:
    """Fails where a published table has lost its trigger (needs `--database`)."""
    missing = []
    for using in databases or []:
        connection = connections[using]
        try:
            present = set(connection.introspection.table_names())
            installed = installed_triggers(using)
        except DatabaseError:
            continue
        for model in MAY_CHANGE:
            table = model._meta.db_table
            if table in present and trigger_name(model) not in installed:
                missing.append(
                    Error(
                        f"{table} may be changed: its trigger is missing.",
                        hint="Run `manage.py migrate`: it installs the triggers.",
                        id="editorial.E001",
                    )
                )
    return missing
