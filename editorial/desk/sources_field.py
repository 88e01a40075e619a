"""Sources as an editor types them: an address a line."""

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import TextChoices
from django.utils import timezone

from editorial.desk.sources_widget import AskedSource, SourcesWidget
from editorial.models import Source
from editorial.source_addresses import alike_sources, sources_called
from editorial.vocabularies import SourceKind

HELP = (
    "One address per line, or words of the title of a known source. What is new here "
    "is asked for its title, kind and day when you save; or give them at once: "
    "https://… | Title of the page | official docs"
)


class SourcesField(forms.CharField):
    """Addresses, one a line, to `Source` rows.

    A known address is enough. For each line that cannot be used the error says why,
    and the widget asks for what is missing.
    """

    def __init__(self, **options: Any) -> None:
        for unused in ("queryset", "limit_choices_to", "to_field_name"):
            options.pop(unused, None)
        options.setdefault("help_text", HELP)
        options["widget"] = SourcesWidget()
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value
        return "\n".join(source.url for source in value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        old = {source.url for source in initial or []}
        lines = {line.strip() for line in (data or "").splitlines()} - {""}
        return old != lines

    def clean(self, value: Any) -> list[Source]:
        lines = [line.strip() for line in (super().clean(value) or "").splitlines()]
        parsed = [_parse(line) for line in dict.fromkeys(lines) if line]
        known = Source.objects.at_addresses([line.url for line in parsed])
        new = [line for line in parsed if line.url not in known]
        asked = _asked(new)
        if asked:
            self.widget.asked = asked
            raise ValidationError([row.sentence for row in asked])
        found = [known.get(line.url) or line.create() for line in parsed]
        return list(dict.fromkeys(found))


@dataclass(frozen=True)
class _Line:
    """One line as it was typed, in its columns."""

    url: str
    title: str = ""
    kind: str = ""
    read_on: str = ""
    answer: str = ""

    @property
    def is_address(self) -> bool:
        try:
            URLValidator(schemes=["http", "https"])(self.url)
        except ValidationError:
            return False
        return len(self.url) <= 500

    @property
    def day(self) -> datetime.date | None:
        """Today unless the line says another; None for one that is no day."""
        today = timezone.now().date()
        try:
            day = datetime.date.fromisoformat(self.read_on) if self.read_on else today
        except ValueError:
            return None
        return day if day <= today else None

    def objection(self, alike: list[Source]) -> str | None:
        if alike and not self.answer:
            return (
                f"{self.url} looks like a page that is known here, as “{alike[0]}”. "
                "Choose that one, or say that it is another page."
            )
        if not self.title:
            return (
                f"{self.url} is new here. Add its title and kind below, or behind it: "
                "… | Title | official docs"
            )
        if len(self.title) > 200:
            return f"The title of {self.url} is too long: 200 characters at most."
        if _kind(self.kind) is None:
            kinds = ", ".join(str(kind.label).lower() for kind in SourceKind)
            return f"“{self.kind}” is not a kind of source. Choose one of: {kinds}."
        if self.day is None:
            return f"“{self.read_on}” is no day in the past: write 2026-11-26."
        return None

    def create(self) -> Source:
        source = Source(
            url=self.url,
            title=self.title,
            kind=_kind(self.kind) or "",
            retrieved_on=self.day,
        )
        source.publisher = source.host
        source.full_clean()
        source.save()
        return source


def _asked(lines: list[_Line]) -> list[AskedSource]:
    """What is still to be said of each line that is no known source."""
    alike = alike_sources(line.url for line in lines if line.is_address)
    asked = []
    for line in lines:
        offered = alike.get(line.url, [])
        if line.is_address:
            sentence = line.objection(offered)
        else:
            offered = sources_called(line.url)
            sentence = f"“{line.url}” is not an address."
            if offered:
                sentence = f"Which source is “{line.url}”? Choose it."
        if sentence:
            asked.append(
                AskedSource(
                    url=line.url,
                    title=line.title,
                    kind=str(_label(line.kind)),
                    read_on=line.read_on or timezone.now().date().isoformat(),
                    offered=offered,
                    is_address=line.is_address,
                    is_another=bool(line.answer),
                    sentence=sentence,
                )
            )
    return asked


def _parse(line: str) -> _Line:
    columns = [*map(str.strip, line.split("|")), "", "", "", ""][:5]
    return replace(_Line(columns[0]), **dict(zip(_COLUMNS, columns[1:], strict=True)))


_COLUMNS = ("title", "kind", "read_on", "answer")


def _kind(text: str) -> TextChoices | None:
    wanted = text.lower().replace("_", " ")
    for kind in SourceKind:
        if wanted == str(kind.label).lower():
            return kind
    return None


def _label(text: str) -> str:
    kind = _kind(text)
    return str(kind.label) if kind else ""
