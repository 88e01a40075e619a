"""What the databases need beyond tables: triggers on SQLite, trigrams on PostgreSQL.

On PostgreSQL the searched column is generated from `tokens`. SQLite has a table of its
own for it, which triggers keep in step; like all triggers there, they are lost when a
migration rebuilds their table, so they are installed after every migration.
"""

import logging
from typing import Any

from django.core.checks import Error, Warning
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from editorial.models import SearchEntry

log = logging.getLogger("editorial.search")

NO_TRIGRAMS = (
    "PostgreSQL's pg_trgm extension is missing and this login may not create it: "
    "search works, but it offers no “did you mean”."
)
CURE = (
    "Run CREATE EXTENSION pg_trgm; in this database as an administrator, then "
    "`manage.py rebuild_search`."
)
SQLITE_TABLES = ("editorial_searchtext", "editorial_searchtrigram")
ENTRY_OUT = (
    "INSERT INTO editorial_searchtext(editorial_searchtext, rowid, tokens) "
    "VALUES ('delete', OLD.id, OLD.tokens);"
)
ENTRY_IN = (
    "INSERT INTO editorial_searchtext(rowid, tokens) VALUES (NEW.id, NEW.tokens);"
)
WORD_OUT = (
    "INSERT INTO editorial_searchtrigram(editorial_searchtrigram, rowid, word) "
    "VALUES ('delete', OLD.id, '  ' || OLD.word || ' ');"
)
WORD_IN = (
    "INSERT INTO editorial_searchtrigram(rowid, word) "
    "VALUES (NEW.id, '  ' || NEW.word || ' ');"
)
TRIGGERS = {
    "search_entry_in": ("AFTER INSERT ON editorial_searchentry", ENTRY_IN),
    "search_entry_out": ("AFTER DELETE ON editorial_searchentry", ENTRY_OUT),
    "search_entry_changed": (
        "AFTER UPDATE OF tokens ON editorial_searchentry",
        ENTRY_OUT + ENTRY_IN,
    ),
    "search_word_in": ("AFTER INSERT ON editorial_searchword", WORD_IN),
    "search_word_out": ("AFTER DELETE ON editorial_searchword", WORD_OUT),
}
TRIGRAM_INDEX = (
    "CREATE INDEX IF NOT EXISTS search_by_likeness ON editorial_searchword "
    "USING gist (word gist_trgm_ops)"
)


def install_search_index(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Create what is missing; runs after each migration and before a rebuild."""
    connection = connections[using]
    if SearchEntry._meta.db_table not in connection.introspection.table_names():
        return
    if connection.vendor == "postgresql":
        _install_trigrams(connection)
        return
    with connection.cursor() as cursor:
        for name, (when, statements) in TRIGGERS.items():
            cursor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {name} {when} BEGIN {statements} END"
            )


def _install_trigrams(connection: Any) -> None:
    """Where the login may not, say so: everything else of the search works without."""
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            if not has_trigrams(connection):
                cursor.execute("CREATE EXTENSION pg_trgm")
            cursor.execute(TRIGRAM_INDEX)
    except DatabaseError:
        log.warning("%s %s", NO_TRIGRAMS, CURE)


def has_trigrams(connection: Any) -> bool:
    """Whether this database can say which words are alike."""
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None


def missing_triggers(connection: Any) -> list[str]:
    """The triggers that SQLite should have and has not."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        present = {name for (name,) in cursor.fetchall()}
    return [name for name in TRIGGERS if name not in present]


def check_search_index(
    app_configs: Any, databases: Any = None, **kwargs: Any
) -> list[Error | Warning]:
    """Fails where the search would go out of step (needs `--database`)."""
    found: list[Error | Warning] = []
    for using in databases or []:
        connection = connections[using]
        try:
            if SearchEntry._meta.db_table not in connection.introspection.table_names():
                continue
            if missing_triggers(connection):
                sentence = "Search entries change without their index: triggers miss."
                hint = "Run `manage.py migrate`, then `manage.py rebuild_search`."
                found.append(Error(sentence, hint=hint, id="editorial.E002"))
            if not has_trigrams(connection):
                found.append(Warning(NO_TRIGRAMS, hint=CURE, id="editorial.W001"))
        except DatabaseError:
            continue
    return found


def refill(connection: Any) -> None:
    """Make SQLite's own index again from the entries, whatever became of it."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO editorial_searchtext(editorial_searchtext) VALUES ('rebuild')"
        )


def is_intact(connection: Any) -> bool:
    """Whether SQLite's own index says what the entries say."""
    if connection.vendor != "sqlite":
        return True
    if missing_triggers(connection):
        return False
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO editorial_searchtext(editorial_searchtext, rank) "
                "VALUES ('integrity-check', 1)"
            )
    except DatabaseError:
        return False
    return True
