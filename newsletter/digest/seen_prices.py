"""Prices that were seen for things the catalogue already had."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from catalog.measures import known_date
from catalog.models import AIModel, Hardware, HostedPrice, PriceObservation
from catalog.prices import GROUP_OF, PRICE_GROUPS, price_ranges, price_text, price_unit
from editorial.models import Source
from editorial.vocabularies import PriceKind
from newsletter.digest.added_facts import added_uids
from newsletter.digest.groups import ItemGroup
from newsletter.digest.happenings import (
    LONGEST_TEXT,
    Happening,
    Span,
    clipped,
    joined_names,
)

MOST_SOURCES = 5
MOST_LINES = 15
"""Things with a line of their own. The others share the last one."""


def price_happenings(
    span: Span, *, uids: Iterable[UUID] | None = None
) -> list[Happening]:
    """A line for each card and each model with new observations.

    What is itself new in the catalogue is left out: all its prices are. With `uids` of
    these facts alone.
    """
    only = None if uids is None else set(uids)
    found = [*_asked(span, only), *_hosted(span, only)]
    if len(found) <= MOST_LINES:
        return found
    return [*found[: MOST_LINES - 1], _rest(found[MOST_LINES - 1 :], span)]


def _rest(rows: list[Happening], span: Span) -> Happening:
    names = joined_names([row.title for row in rows])
    return Happening(
        key=f"prices:more:{span.until.isoformat()}",
        group=ItemGroup.PRICES,
        title=f"{len(rows)} more",
        text=clipped(f"New prices were also seen for {names}.", LONGEST_TEXT),
        path=reverse("catalog:hardware_list"),
        happened_on=span.until.date(),
    )


def _new_rows(model: Any, owner: str, span: Span, only: set[UUID] | None) -> list[Any]:
    history = model.history.filter(
        history_type="+", history_date__gt=span.since, history_date__lte=span.until
    )
    rows = model.objects.filter(uid__in=history.values("uid"))
    if only is not None:
        rows = rows.filter(**{f"{owner}__uid__in": only})
    rows = rows.select_related(owner, "source")
    return list(rows.order_by(f"{owner}__name", "observed_on", "pk"))


def _by_owner(rows: list[Any], owner: str, new: set[UUID]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        thing = getattr(row, owner)
        if thing is not None and thing.uid not in new:
            found[thing].append(row)
    return found


def _asked(span: Span, only: set[UUID] | None) -> list[Happening]:
    rows = _new_rows(PriceObservation, "hardware", span, only)
    by_chip = _by_owner(rows, "hardware", added_uids(Hardware, span))
    earlier = _earlier(by_chip)
    return [
        _happening("hardware", chip, new, _asked_text(new, earlier[chip.pk]))
        for chip, new in by_chip.items()
    ]


def _earlier(by_chip: dict[Any, list[Any]]) -> dict[int, list[PriceObservation]]:
    """What was known of these cards before, the oldest first."""
    new = {row.pk for rows in by_chip.values() for row in rows}
    rows = PriceObservation.objects.filter(hardware__in=list(by_chip))
    found: dict[int, list[PriceObservation]] = defaultdict(list)
    for row in rows.order_by("observed_on", "pk"):
        if row.pk not in new:
            found[row.hardware_id].append(row)
    return found


def _asked_text(new: list[Any], earlier: list[PriceObservation]) -> str:
    """A sentence for each group and currency, and what was asked the last time."""
    sentences = []
    first_day = min(row.observed_on for row in new)
    for (group, currency), prices in price_ranges(new).items():
        sentences.append(f"{PRICE_GROUPS[group][0]}: {_lowered(prices.sentence)}")
        same = [
            row
            for row in earlier
            if (GROUP_OF[PriceKind(row.kind)], row.currency) == (group, currency)
            and row.observed_on < first_day
        ]
        if same:
            last = same[-1]
            day = known_date(last.observed_on, last.observed_on_precision)
            unit = price_unit(group, currency)
            sentences.append(f"Before: {price_text(last.amount)} {unit}, {day}.")
    return " ".join(sentences)


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _hosted(span: Span, only: set[UUID] | None) -> list[Happening]:
    rows = _new_rows(HostedPrice, "ai_model", span, only)
    by_model = _by_owner(rows, "ai_model", added_uids(AIModel, span))
    return [
        _happening("model", model, new, " ".join(map(_hosted_sentence, new)))
        for model, new in by_model.items()
    ]


def _hosted_sentence(row: HostedPrice) -> str:
    read = price_text(row.input_usd_per_million_tokens)
    written = row.output_usd_per_million_tokens
    out = "" if written is None else f" and {price_text(written)} out"
    day = known_date(row.observed_on, row.observed_on_precision)
    return f"Hosted by {row.provider}: {read} USD in{out} per million tokens, {day}."


def _happening(name: str, thing: Any, rows: list[Any], text: str) -> Happening:
    return Happening(
        key=f"prices:{thing.uid}:{max(row.pk for row in rows)}:{len(rows)}",
        group=ItemGroup.PRICES,
        title=thing.name,
        text=clipped(text, LONGEST_TEXT),
        path=thing.get_absolute_url(),
        happened_on=max(row.observed_on for row in rows),
        target_type=name,
        target_uid=thing.uid,
        sources=_sources(rows),
    )


def _sources(rows: list[Any]) -> list[Source]:
    return list(dict.fromkeys(row.source for row in rows))[:MOST_SOURCES]
