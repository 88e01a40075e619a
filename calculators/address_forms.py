"""Forms whose whole state is the address: read, never refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Self
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from catalog.importing.fields import slug_of
from catalog.lookup import find_aliases, named_together


@dataclass(frozen=True)
class FactNames:
    """The names that a page of choices needs, and the slugs behind their uids."""

    names: Mapping[str, Mapping[str, str]]
    """Fact type to slug to name, in the order of the names."""
    slugs: Mapping[UUID, str]

    @classmethod
    def of(cls, *fact_types: str) -> Self:
        """In one statement."""
        found = named_together(*fact_types)
        return cls(
            {
                fact_type: {slug: name for _, slug, name in rows}
                for fact_type, rows in found.items()
            },
            {uid: slug for rows in found.values() for uid, slug, _ in rows},
        )

    def resolved(self, asked: Mapping[str, str]) -> dict[str, str]:
        """Fact type to slug behind what was `asked`: a slug, dotted or not, an alias.

        One statement where there is an alias among them; unknown names stay as they
        came.
        """
        found, strange = {}, {}
        for fact_type, name in asked.items():
            slug = slug_of(name.strip().lower())
            if slug in self.names[fact_type]:
                found[fact_type] = slug
            else:
                strange[fact_type] = name.strip()
        if strange:
            aliases = find_aliases(set(strange.values()))
            for fact_type, name in strange.items():
                uid = aliases.get((fact_type, name))
                found[fact_type] = self.slugs.get(uid, name) if uid else name
        return found


class QuickSelect(forms.Select):
    """A list of hundreds of choices. Django draws each by a template of its own."""

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        attributes = {**self.attrs, **(attrs or {})}
        given = "".join(
            f' {key}="{escape(str(found))}"'
            for key, found in attributes.items()
            if found not in (None, False)
        )
        options = []
        for key, label in self.choices:
            selected = " selected" if str(key) == str(value) else ""
            options.append(
                f'<option value="{escape(str(key))}"{selected}>{escape(str(label))}'
                "</option>"
            )
        drawn = f'<select name="{escape(name)}"{given}>{"".join(options)}</select>'
        return mark_safe(drawn)  # noqa: S308 - every part was escaped


class AddressForm(forms.Form):
    """A GET form. What is wrong is named beside its field and its default is taken.

    `form.answers[name]` is always usable; `form.problems` are sentences.
    """

    use_required_attribute = False

    def __init__(
        self,
        query: QueryDict,
        names: FactNames,
        *,
        facts: Mapping[str, forms.Field] | None = None,
    ) -> None:
        """`facts`: fields whose choices are rows of the catalogue, by fact type."""
        super().__init__(query)
        self.facts = names
        self.fields.update(facts or {})
        known = set(self.fields)
        self.strange = sorted(name for name in query if name not in known)
        data = query.copy()
        for name, field in self.fields.items():
            field.required = False
            if not any(value.strip() for value in query.getlist(name)):
                data.setlist(name, _as_list(field.initial))
        asked = {name: str(data[name]) for name in facts or {} if data.get(name)}
        for name, slug in names.resolved(asked).items():
            data[name] = slug
        self.data = data
        self.is_valid()
        for name in self.errors:
            if isinstance(self.fields[name], forms.ChoiceField):
                data.setlist(name, _as_list(self.fields[name].initial))
        self.answers = {name: self._answer(name) for name in self.fields}

    def _answer(self, name: str) -> Any:
        if name in self.errors:
            return self.fields[name].to_python(self.fields[name].initial)
        return self.cleaned_data.get(name)

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        """(anchor, label, sentence) of each; strange parameters have no anchor."""
        found = [
            (self[name].id_for_label, str(self[name].label), " ".join(map(str, errors)))
            for name, errors in self.errors.items()
        ]
        return found + [
            ("", name, "There is no such field; it was ignored.")
            for name in self.strange[:5]
        ]


def _as_list(initial: Any) -> list[str]:
    if initial is None:
        return []
    if isinstance(initial, list | tuple):
        return [str(value) for value in initial]
    return [str(initial)]


def fact_field(
    label: str, names: Mapping[str, str], default: str, **options: Any
) -> forms.ChoiceField:
    """A field for one fact of the catalogue. The default is one that exists."""
    initial = default if default in names else next(iter(names), "")
    return forms.ChoiceField(
        label=label,
        choices=list(names.items()),
        initial=initial,
        widget=QuickSelect,
        error_messages={
            "invalid_choice": "The catalogue has no %(value)s. The default was taken."
        },
        **options,
    )


def number_field(
    label: str, default: Any, least: Any, most: Any, **options: Any
) -> forms.DecimalField:
    """A number within limits that the message names."""
    words = f"Give a number from {least} to {most}. The default was taken."
    return forms.DecimalField(
        label=label,
        initial=default,
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits"), words
        ),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        **options,
    )


def whole_field(
    label: str, default: int | None, least: int, most: int, **options: Any
) -> forms.IntegerField:
    words = f"Give a whole number from {least} to {most}. The default was taken."
    return forms.IntegerField(
        label=label,
        initial=default,
        min_value=least,
        max_value=most,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        **options,
    )


def choice_field(
    label: str, choices: Iterable[tuple[str, str]], default: str, **options: Any
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        initial=default,
        error_messages={
            "invalid_choice": "%(value)s is no choice here. The default was taken."
        },
        **options,
    )
