"""Statements compiled once in a process, for pages that are asked for all day.

To build a query and turn it into SQL takes Django several times the CPU time in which
the database answers it. The query is still written with the ORM; what is kept is its
SQL, in which only a few values change from page to page.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import CharField, DateTimeField, Field, QuerySet, UUIDField

Row = tuple[Any, ...]
Value = UUID | str | datetime.datetime

FIELDS: dict[type, Field] = {
    UUID: UUIDField(),
    str: CharField(),
    datetime.datetime: DateTimeField(),
}
"""How a value of each kind is given to the database."""


@dataclass(frozen=True)
class _Compiled:
    """SQL, its parameters, which of them come from outside, and what to do with rows.

    `places` leads from a parameter's place to the place of its value among those of
    the call.
    """

    sql: str
    params: Row
    places: dict[int, int]
    converters: dict[int, tuple[list[Callable[..., Any]], Any]]


class Statement:
    """`Statement(build)(…)` answers the rows of `build(…)`, which is a values_list.

    Arguments are uids, texts and moments, or lists of them. The SQL may depend on how
    many there are, and on nothing else that changes.
    """

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        self._build = build
        self._compiled: dict[Row, _Compiled] = {}

    def __call__(self, *arguments: Value | Sequence[Value]) -> list[Row]:
        if any(argument == [] for argument in arguments):
            return []
        counts = (len(a) if isinstance(a, list) else 0 for a in arguments)
        key = (connection.vendor, *counts)
        if key not in self._compiled:
            self._compiled[key] = self._compile(arguments)
        statement = self._compiled[key]
        values = list(_adapted(arguments))
        params = [
            values[statement.places[at]] if at in statement.places else value
            for at, value in enumerate(statement.params)
        ]
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, params)
            return [_converted(row, statement) for row in cursor.fetchall()]

    def _compile(self, arguments: Row) -> _Compiled:
        """The statement for arguments like these, made with stand-ins for them."""
        stand_ins = [
            [_stand_in(value) for value in argument]
            if isinstance(argument, list)
            else _stand_in(argument)
            for argument in arguments
        ]
        compiler = self._build(*stand_ins).query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        place_of = {value: place for place, value in enumerate(_adapted(stand_ins))}
        columns = [column for column, _, _ in compiler.select]
        return _Compiled(
            sql=sql,
            params=tuple(params),
            places={
                at: place_of[value]
                for at, value in enumerate(params)
                if value in place_of
            },
            converters=compiler.get_converters(columns),
        )


def _stand_in(value: Value) -> Value:
    """Another value of the same kind, found nowhere else in the statement."""
    unique = uuid4()
    if isinstance(value, UUID):
        return unique
    if isinstance(value, str):
        return unique.hex
    seconds, microsecond = divmod(unique.int % 10**15, 10**6)
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).replace(
        microsecond=microsecond
    )


def _adapted(arguments: Sequence[Any]) -> Iterator[Any]:
    """Every single value, as this database is given it."""
    for argument in arguments:
        for value in argument if isinstance(argument, list) else [argument]:
            yield FIELDS[type(value)].get_db_prep_value(value, connection)


def _converted(row: Row, statement: _Compiled) -> Row:
    values = list(row)
    for at, (functions, expression) in statement.converters.items():
        for function in functions:
            values[at] = function(values[at], expression, connection)
    return tuple(values)
