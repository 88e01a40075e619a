"""How many rows there are, and how many each option would leave.

An option's count answers "how many rows would I see if I ticked this too": for
options of which any will do, the other filters apply and its own does not.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import BooleanField, ExpressionWrapper

from catalog.listing.choices import Choice, RelatedChoice
from catalog.listing.reading import ListingQuery

PASSES = "passes_"
SIZE, OPTION = "size", "option"

OPTION_CAP = 1_000
"""Rows that are read to count the options of a filter in which something is ticked."""

Select = tuple[str, tuple[Any, ...]]
"""SQL and its parameters."""


@dataclass(frozen=True)
class Counts:
    """The total, and the counts of options by filter and key.

    Where a count is capped it is a lower bound, and shown as "2,500+".
    """

    total: int
    is_capped: bool
    options: Mapping[str, Mapping[Any, int]]
    capped: frozenset[str] = frozenset()


def count_rows(query: ListingQuery) -> Counts:
    cap = query.listing.count_cap
    return count_exactly(query) if cap is None else count_capped(query, cap)


def count_exactly(query: ListingQuery) -> Counts:
    """Exact counts of a list of some hundreds of rows.

    One statement, and one more for each filter whose options have a table of their
    own: the database says which filters each row passes, Python adds up.
    """
    choices = query.listing.choices
    columns = [c.column for c in choices if not isinstance(c, RelatedChoice)]
    flags = {
        f"{PASSES}{name}": ExpressionWrapper(condition, output_field=BooleanField())
        for name, condition in query.conditions.items()
    }
    rows = query.rows.order_by().annotate(**flags)
    names = list(query.conditions)
    related = {c.name: c.by_row() for c in choices if isinstance(c, RelatedChoice)}
    counts: dict[str, Counter] = {choice.name: Counter() for choice in choices}
    total = 0
    for key, *values in rows.values_list("pk", *columns, *flags):
        found = dict(zip(columns, values, strict=False))
        passed = values[len(columns) :]
        failed = {name for name, ok in zip(names, passed, strict=True) if not ok}
        total += not failed
        for choice in choices:
            if failed - ({choice.name} if not choice.needs_all else set()):
                continue
            if isinstance(choice, RelatedChoice):
                counts[choice.name].update(related[choice.name].get(key, ()))
            else:
                counts[choice.name][found[choice.column]] += 1
    return Counts(total, is_capped=False, options=counts)


def count_capped(query: ListingQuery, cap: int) -> Counts:
    """Counts that stop early: the total at `cap`, a ticked filter's at `OPTION_CAP`.

    One statement. The total and the filters in which nothing is ticked share one set
    of rows; one in which something is ticked needs the rows that the others leave.
    Where a set was not read to its end its counts are lower bounds: the rows read
    prove that many.
    """
    choices = query.listing.choices
    caps = {"": cap}
    ticked = (choice.name for choice in choices if choice.name in query.conditions)
    caps |= dict.fromkeys(ticked, min(cap, OPTION_CAP))
    sets = {name: _candidates(query, name, most) for name, most in caps.items()}
    connection = connections[query.rows.db]
    with connection.cursor() as cursor:
        cursor.execute(*_statement(connection, sets, choices))
        found = cursor.fetchall()
    fields = {choice.name: _field(query, choice) for choice in choices}
    options: dict[str, dict[Any, int]] = {choice.name: {} for choice in choices}
    sizes: dict[str, int] = {}
    for place, name, key, count in found:
        if place == OPTION:
            options[name][fields[name].to_python(key)] = count
        else:
            sizes[name] = count
    is_cut = {name: sizes[name] > most for name, most in caps.items()}
    return Counts(
        total=min(sizes[""], cap),
        is_capped=is_cut[""],
        options=options,
        capped=frozenset(
            choice.name for choice in choices if is_cut.get(choice.name, is_cut[""])
        ),
    )


def _candidates(query: ListingQuery, leave_out: str, most: int) -> Select:
    """The option columns of the first rows that pass, one more than are counted."""
    columns = [choice.column for choice in query.listing.choices]
    rows = query.narrowed(leave_out).order_by().values(*columns)
    sql, parameters = rows[: most + 1].query.sql_with_params()
    return sql, parameters


def _statement(
    connection: Any, sets: Mapping[str, Select], choices: list[Choice]
) -> tuple[str, list[Any]]:
    """One statement of (place, filter, key as text, count) rows.

    The names in it are those of our own filters; what a reader sent is a parameter.
    """
    quote = connection.ops.quote_name
    names = ", ".join(quote(choice.name) for choice in choices)
    text = "varchar" if connection.vendor == "postgresql" else "text"
    tables = [
        f"{quote(f'set_{name}')} ({names}) AS MATERIALIZED ({sql})"
        for name, (sql, _) in sets.items()
    ]
    parts = []
    for name in sets:
        table = quote(f"set_{name}")
        parts.append(f"SELECT '{SIZE}', '{name}', '', COUNT(*) FROM {table}")  # noqa: S608
    for choice in choices:
        table = quote(f"set_{choice.name if choice.name in sets else ''}")
        column = quote(choice.name)
        parts.append(
            f"SELECT '{OPTION}', '{choice.name}', CAST({column} AS {text}), COUNT(*) "  # noqa: S608
            f"FROM {table} GROUP BY {column}"
        )
    parameters = [value for _, values in sets.values() for value in values]
    statement = f"WITH {', '.join(tables)} {' UNION ALL '.join(parts)}"
    return statement, parameters


def _field(query: ListingQuery, choice: Choice) -> Any:
    """The field that turns a key's text into what its column holds."""
    rows = query.rows
    annotation = rows.query.annotations.get(choice.column)
    if annotation is not None:
        return annotation.output_field
    field = rows.model._meta.get_field(choice.column)
    return getattr(field, "target_field", field)
