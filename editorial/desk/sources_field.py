"""Sources as an editor types them: an address a line."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import TextChoices
from django.utils import timezone

from editorial.models import Source
from editorial.vocabularies import SourceKind

HELP = (
    "One address per line. A new source needs its title and kind: "
    "https://… | Title of the page | official docs"
)


class SourcesField(forms.CharField):
    """Addresses, one a line, to `Source` rows.

    A known address is enough; a new one brings `| title | kind`. Every line that
    cannot be used is named in the error.
    """

    def __init__(self, **options: Any) -> None:
        for unused in ("queryset", "limit_choices_to", "to_field_name"):
            options.pop(unused, None)
        options.setdefault("help_text", HELP)
        options["widget"] = forms.Textarea(
            attrs={"rows": 2, "class": "sources", "spellcheck": "false"}
        )
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
        known = {
            source.url: source
            for source in Source.objects.at_addresses([line.url for line in parsed])
        }
        errors = [
            sentence
            for line in parsed
            if line.url not in known and (sentence := line.objection())
        ]
        if errors:
            raise ValidationError(errors)
        return [known.get(line.url) or line.create() for line in parsed]


class _Line:
    def __init__(self, url: str, title: str, kind: str) -> None:
        self.url, self.title, self.kind = url, title, kind

    def objection(self) -> str | None:
        try:
            URLValidator(schemes=["http", "https"])(self.url)
        except ValidationError:
            return f"“{self.url}” is not an address."
        if not self.title:
            return (
                f"{self.url} is new here. Add its title and kind behind it: "
                f"{self.url} | Title | official docs"
            )
        if _kind(self.kind) is None:
            kinds = ", ".join(str(kind.label).lower() for kind in SourceKind)
            return f"“{self.kind}” is not a kind of source. Choose one of: {kinds}."
        return None

    def create(self) -> Source:
        source = Source(
            url=self.url,
            title=self.title,
            kind=_kind(self.kind) or "",
            retrieved_on=timezone.now().date(),
        )
        source.publisher = source.host
        source.full_clean()
        source.save()
        return source


def _parse(line: str) -> _Line:
    url, title, kind = ([*map(str.strip, line.split("|")), "", ""])[:3]
    return _Line(url, title, kind)


def _kind(text: str) -> TextChoices | None:
    wanted = text.lower().replace("_", " ")
    for kind in SourceKind:
        if wanted == str(kind.label).lower():
            return kind
    return None
