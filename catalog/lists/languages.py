"""The filter of models by the languages that their publishers name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from catalog.languages import LANGUAGES
from catalog.listing.choices import NOT_STATED, Option, RelatedChoice
from catalog.models import AIModel

NOT_NAMED = "not-named"
LABELS = {
    **LANGUAGES,
    NOT_NAMED: "A number, none named",
    NOT_STATED: "Not stated",
}


@dataclass(frozen=True)
class LanguageChoice(RelatedChoice):
    """Models of which one of the ticked languages is named; any of them will do.

    What is not named is not known, so those who name none are options of their own.
    """

    name: str
    label: str
    column: str = ""
    is_commonest_first = True

    def options(self, values: Any) -> list[Option]:
        return self.options_of([value for value in values if value in LABELS])

    def options_of(self, keys: Any) -> list[Option]:
        wanted = set(keys)
        return [Option(k, words, k) for k, words in LABELS.items() if k in wanted]

    def condition(self, options: list[Option]) -> Q:
        keys = {option.key for option in options}
        condition = AIModel.objects.speaking(keys - {NOT_NAMED, NOT_STATED})
        if NOT_NAMED in keys:
            condition |= AIModel.objects.with_unnamed_languages()
        if NOT_STATED in keys:
            condition |= AIModel.objects.without_languages()
        return condition

    def memberships(self) -> Iterable[tuple[Any, str]]:
        for model, codes in AIModel.objects.language_statements():
            keys = [NOT_STATED] if codes is None else codes.split() or [NOT_NAMED]
            for key in keys:
                yield model, key
