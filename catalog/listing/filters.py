"""What a list can be narrowed by. Each filter reads its own parameters of an address.

A parameter that cannot be read narrows nothing: it is named with the reason.
"""

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict

SHOWN_VALUE_LENGTH = 40
MAX_SEARCH_LENGTH = 100
NUMBER_DIGITS = 18
SPACED_SIZE = re.compile(r"\b(\d+)\s+(gi?b)\b", re.IGNORECASE | re.ASCII)
"""A size in two words: "24 GB" is searched as one."""


@dataclass(frozen=True)
class Ignored:
    """A parameter that narrows nothing, and why."""

    parameter: str
    value: str
    reason: str

    @property
    def shown(self) -> str:
        """The start of the value: an address may hold anything."""
        text = self.value.replace("\x00", "")
        is_long = len(text) > SHOWN_VALUE_LENGTH
        return f"{text[:SHOWN_VALUE_LENGTH]}…" if is_long else text


@dataclass(frozen=True)
class Reading:
    """What one filter took from an address. No condition: it narrows nothing."""

    condition: Q | None = None
    values: dict[str, list[str]] = field(default_factory=dict)
    words: list[tuple[str, str, str]] = field(default_factory=list)
    """(parameter, value, in words) of each part that a reader can take back."""
    ignored: list[Ignored] = field(default_factory=list)


class Filter:
    """The interface: `name` is unique within a list, `label` is what readers see."""

    name: str
    label: str

    @property
    def parameters(self) -> Sequence[str]:
        return [self.name]

    def read(self, parameters: QueryDict) -> Reading:
        raise NotImplementedError


def _cleaned(form_field: forms.Field, name: str, text: str) -> tuple[Any, list]:
    """The value that `text` means, and what is wrong with it."""
    try:
        return form_field.clean(text), []
    except ValidationError as error:
        return None, [Ignored(name, text, error.messages[0])]


@dataclass(frozen=True)
class Range(Filter):
    """At least and at most so much. A row without the value is left out.

    `scale` is how many of the column's units one of the reader's is: 2**30 where
    readers say GB of memory and the column holds bytes.
    """

    name: str
    label: str
    column: str
    unit: str = ""
    scale: int = 1
    is_date: bool = False

    @property
    def parameters(self) -> Sequence[str]:
        return [f"{self.name}_min", f"{self.name}_max"]

    def _field(self) -> forms.Field:
        if self.is_date:
            messages = {"invalid": "is not a date such as 2026-08-31"}
            return forms.DateField(input_formats=["%Y-%m-%d"], error_messages=messages)
        return forms.DecimalField(
            min_value=0,
            max_digits=NUMBER_DIGITS,
            error_messages={
                "invalid": "is not a number",
                "min_value": "is below zero",
                "max_digits": "has too many digits",
                "max_whole_digits": "has too many digits",
            },
        )

    def read(self, parameters: QueryDict) -> Reading:
        bounds: dict[str, Any] = {}
        values, words, ignored = {}, [], []
        for name, lookup, phrase in zip(
            self.parameters, ("gte", "lte"), ("from", "up to"), strict=True
        ):
            text = parameters.get(name, "").strip()
            if not text:
                continue
            value, problems = _cleaned(self._field(), name, text)
            ignored += problems
            if value is not None:
                bounds[lookup] = value
                values[name] = [text]
                words.append((name, text, f"{self.label} {phrase} {text} {self.unit}"))
        if len(bounds) == 2 and bounds["gte"] > bounds["lte"]:
            low, high = (parameters.get(name, "") for name in self.parameters)
            reason = f"is above the upper limit of {high}"
            return Reading(ignored=[Ignored(self.parameters[0], low, reason)])
        condition = Q(
            **{
                f"{self.column}__{lookup}": self._stored(value)
                for lookup, value in bounds.items()
            }
        )
        return Reading(condition if bounds else None, values, words, ignored)

    def _stored(self, value: Decimal | datetime.date) -> Any:
        return value * self.scale if isinstance(value, Decimal) else value


@dataclass(frozen=True)
class Search(Filter):
    """Every word of the text somewhere in one of `columns`.

    `also` answers what else a word may mean in this list, as a condition, or None:
    "24gb" is a size, "windows" something that a tool supports.
    """

    columns: tuple[str, ...]
    also: Callable[[str], Q | None] = lambda word: None
    name: str = "q"
    label: str = "Search within"

    def read(self, parameters: QueryDict) -> Reading:
        text = parameters.get(self.name, "").replace("\x00", "").strip()
        if not text:
            return Reading()
        if len(text) > MAX_SEARCH_LENGTH:
            reason = f"is longer than {MAX_SEARCH_LENGTH} characters"
            return Reading(ignored=[Ignored(self.name, text, reason)])
        condition = Q()
        for word in SPACED_SIZE.sub(r"\1\2", text).split():
            meaning = self.also(word) or Q()
            for column in self.columns:
                meaning |= Q(**{f"{column}__icontains": word})
            condition &= meaning
        words = [(self.name, text, f"“{text}”")]
        return Reading(condition, {self.name: [text]}, words)


@dataclass(frozen=True)
class Toggle(Filter):
    """Rows that stay out unless a reader asks for them with `name=yes`."""

    name: str
    label: str
    default: Q
    """What a row has to meet while the toggle is off."""

    def read(self, parameters: QueryDict) -> Reading:
        text = parameters.get(self.name, "")
        if text == "yes":
            return Reading(None, {self.name: ["yes"]}, [(self.name, "yes", self.label)])
        ignored = [Ignored(self.name, text, "is not “yes”")] if text else []
        return Reading(self.default, ignored=ignored)
