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


@dataclass(frozen=True)
class Counts:
    """The total, and the counts of options by filter and key.

    Where a count is capped it is a lower bound, and shown as "10,000+".
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
    """Counts that read at most `cap` rows for the total and for each ticked filter.

    One statement. Filters in which nothing is ticked share the rows of the total; one
    in which something is ticked needs the rows that the others leave. Beyond the cap
    a count is a lower bound: the rows that were read prove that many.
    """
    choices = query.listing.choices
    sets: dict[str, tuple[str, tuple[Any, ...]]] = {"all": _candidates(query, cap)}
    for choice in choices:
        if choice.name in query.conditions:
            sets[choice.name] = _candidates(query, cap, leave_out=choice.name)
    connection = connections[query.rows.db]
    with connection.cursor() as cursor:
        cursor.execute(*_statement(connection, sets, choices))
        found = cursor.fetchall()
    sizes = {name: count for place, name, _, count in found if place == "size"}
    options: dict[str, dict[Any, int]] = {choice.name: {} for choice in choices}
    fields = {choice.name: _field(query, choice) for choice in choices}
    for place, name, key, count in found:
        if place == "option":
            options[name][fields[name].to_python(key)] = count
    return Counts(
        total=min(sizes["all"], cap),
        is_capped=sizes["all"] > cap,
        options=options,
        capped=frozenset(
            choice.name
            for choice in choices
            if sizes.get(choice.name, sizes["all"]) > cap
        ),
    )


def _candidates(
    query: ListingQuery, cap: int, leave_out: str = ""
) -> tuple[str, tuple[Any, ...]]:
    """SQL for the option columns of the first rows that pass, one more than `cap`."""
    rows = query.narrowed(leave_out).order_by()
    columns = [choice.column for choice in query.listing.choices]
    sql, parameters = rows.values(*columns)[: cap + 1].query.sql_with_params()
    return sql, parameters


def _statement(
    connection: Any, sets: Mapping[str, Any], choices: list[Choice]
) -> tuple[str, list[Any]]:
    """One statement of (place, filter, key as text, count) rows."""
    quote = connection.ops.quote_name
    tables, parameters = [], []
    names = ", ".join(quote(choice.name) for choice in choices)
    for name, (sql, values) in sets.items():
        table = quote(f"set_{name}")
        tables.append(f"{table} ({names}) AS MATERIALIZED ({sql})")
        parameters += values
    parts = []
    for name in sets:
        parts.append(
            f"SELECT 'size', '{name}', '', COUNT(*) FROM {quote(f'set_{name}')}"  # noqa: S608 - names of our own filters
        )
    for choice in choices:
        table = quote(f"set_{choice.name if choice.name in sets else 'all'}")
        key = f"CAST({quote(choice.name)} AS {_text_type(connection)})"
        parts.append(
            f"SELECT 'option', '{choice.name}', {key}, COUNT(*) FROM {table} GROUP BY 3"  # noqa: S608
        )
    return f"WITH {', '.join(tables)} {' UNION ALL '.join(parts)}", parameters


def _text_type(connection: Any) -> str:
    return "varchar" if connection.vendor == "postgresql" else "text"


def _field(query: ListingQuery, choice: Choice) -> Any:
    """The field that turns a key's text into what its column holds."""
    rows = query.rows
    annotation = rows.query.annotations.get(choice.column)
    if annotation is not None:
        return annotation.output_field
    field = rows.model._meta.get_field(choice.column)
    return getattr(field, "target_field", field)
