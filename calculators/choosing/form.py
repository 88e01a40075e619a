"""The five questions, and what their answers mean."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from calculators.address_forms import (
    AddressForm,
    FactNames,
    choice_field,
    fact_field,
    number_field,
    whole_field,
)
from calculators.choosing.picks import Limits
from calculators.choosing.rules import (
    MOST_CARDS,
    PURPOSES,
    SHELVES,
    SIZES,
    USUAL_SHELVES,
)
from calculators.pricing import CONDITIONS

DEFAULT_MODEL = "qwen3-32b"


class ChooseForm(AddressForm):
    """Empty context and people follow the purpose."""

    purpose = choice_field(
        "What is it for?",
        [(name, purpose.words) for name, purpose in PURPOSES.items()],
        "chat",
    )
    context = whole_field(
        "Context (tokens)",
        None,
        512,
        2_000_000,
        help_text="Prompt and answer together. Empty: what the purpose usually takes.",
    )
    users = whole_field(
        "People at once", None, 1, 64, help_text="Empty: as the purpose says."
    )
    budget = number_field("Budget (USD)", 1500, 50, 500_000)
    condition = choice_field(
        "Condition",
        [(name, words) for name, (words, _) in CONDITIONS.items()],
        "any",
    )
    watts = whole_field(
        "At most (watts)",
        None,
        20,
        10_000,
        help_text="Board power of all cards. Empty: no limit.",
    )
    slots = whole_field("Slots for cards", 2, 1, MOST_CARDS)
    allow = forms.MultipleChoiceField(
        label="What may it be?",
        choices=[(name, shelf.words) for name, shelf in SHELVES.items()],
        initial=USUAL_SHELVES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "%(value)s is no choice here. The default was taken."
        },
    )

    @property
    def purpose_asked(self) -> Any:
        return PURPOSES[self.answers["purpose"]]

    @property
    def context_tokens(self) -> int:
        return int(self.answers["context"] or self.purpose_asked.context_tokens)

    @property
    def user_count(self) -> int:
        return int(self.answers["users"] or self.purpose_asked.users)

    @property
    def limits(self) -> Limits:
        return Limits(
            budget=Decimal(self.answers["budget"]),
            condition=self.answers["condition"],
            least_speed=self.purpose_asked.least_tokens_per_second,
            most_watts=self.answers["watts"],
        )


def choose_form(query: QueryDict, facts: FactNames) -> ChooseForm:
    """The form with the models of the catalogue, the usual sizes before them."""
    models = facts.names["model"]
    sized = {
        slug: f"{words}: {models[slug]}" for slug, words in SIZES if slug in models
    }
    rest = {slug: name for slug, name in models.items() if slug not in sized}
    field = fact_field("Which model, or which size?", sized | rest, DEFAULT_MODEL)
    return ChooseForm(query, facts, facts={"model": field})
