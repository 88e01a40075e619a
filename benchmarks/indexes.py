"""An index that gives an order with the unknown last, on both databases."""

from typing import Any

from django.db import models


class NullsLastIndex(models.Index):
    """An index whose descending columns end with NULL.

    SQLite sorts NULL last in descending order anyway, and refuses to be told.
    PostgreSQL uses an index for `DESC NULLS LAST` only if the index says so too.
    """

    def create_sql(
        self, model: Any, schema_editor: Any, using: str = "", **kwargs: Any
    ) -> Any:
        statement = super().create_sql(model, schema_editor, using, **kwargs)
        if schema_editor.connection.vendor == "postgresql":
            columns = statement.parts["columns"]
            columns.col_suffixes = [
                suffix.replace("DESC", "DESC NULLS LAST")
                for suffix in columns.col_suffixes
            ]
        return statement
