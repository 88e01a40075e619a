"""What a reader says about use and prices. Everything has a default that is printed."""

from decimal import Decimal

from django.http import QueryDict

from calculators.address_forms import (
    AddressForm,
    FactNames,
    choice_field,
    fact_field,
    number_field,
    whole_field,
)
from calculators.pricing import CONDITIONS
from estimator.cost import MONTH_H, TokenMix
from estimator.cost_constants import ELECTRICITY

DEFAULT_HARDWARE, DEFAULT_MODEL = "rtx-3090", "qwen3-32b"
QUANTIZATIONS = ("Q3_K_M", "IQ4_XS", "Q4_K_M", "Q5_K_M", "Q6_K", "Q8_0", "F16")
DAYS_PER_MONTH = MONTH_H / 24
EMPTY_OBSERVED = "Empty: as observed."


class CostForm(AddressForm):
    quantization = choice_field(
        "File", [(name, name) for name in QUANTIZATIONS], "Q4_K_M"
    )
    count = whole_field("Pieces", 1, 1, 8)
    context = whole_field("Context (tokens)", 8192, 512, 1_000_000)
    requests = whole_field(
        "Requests at once",
        1,
        1,
        64,
        help_text="1: one stream. More: the sum over all of them.",
    )
    hours = number_field("Busy (hours a day)", 2, 0, 24)
    tokens = whole_field(
        "or tokens a day",
        None,
        1,
        10**12,
        help_text="All sorts together. Wins over the hours.",
    )
    on = number_field(
        "On (hours a day)", 24, 0, 24, help_text="Busy or not; at least the busy ones."
    )
    prompt = number_field("Prompt (%)", 50, 0, 100)
    cached = number_field("Cached (%)", 30, 0, 100)
    output = number_field("Output (%)", 20, 0, 100)
    condition = choice_field(
        "Bought",
        [(name, words) for name, (words, _) in CONDITIONS.items()],
        "any",
    )
    price = number_field(
        "Price of each (USD)", None, 1, 10**7, help_text=EMPTY_OBSERVED
    )
    computer = number_field(
        "Computer around it (USD)", 0, 0, 10**6, help_text="0: you have one already."
    )
    months = whole_field("Kept (months)", 36, 1, 240)
    resale = number_field(
        "Resale (%)", None, 0, 100, help_text="Empty: what used cards brought in 2023."
    )
    electricity = number_field(
        "Electricity (USD/kWh)", Decimal(str(ELECTRICITY.value)), 0, 5
    )
    load = number_field(
        "Under load (W)", None, 1, 20_000, help_text="At the wall. Empty: as measured."
    )
    idle = number_field("At rest (W)", None, 0, 20_000, help_text="At the wall.")
    other = number_field("Other costs (USD a month)", 0, 0, 10**6)
    api_prompt = number_field(
        "API, prompt (USD/M)", None, 0, 10_000, help_text=EMPTY_OBSERVED
    )
    api_cached = number_field("API, cached (USD/M)", None, 0, 10_000)
    api_output = number_field("API, output (USD/M)", None, 0, 10_000)
    rent = number_field("Rent (USD/h)", None, 0, 10_000, help_text=EMPTY_OBSERVED)

    @property
    def mix(self) -> TokenMix:
        """The shares, scaled to one whole where they are not a hundred."""
        shares = [self.answers[name] for name in ("prompt", "cached", "output")]
        total = sum(shares)
        if not total:
            return TokenMix(prompt=Decimal(0), cached=Decimal(0), output=Decimal(1))
        prompt, cached, output = (Decimal(share) / total for share in shares)
        return TokenMix(prompt=prompt, cached=cached, output=output)

    @property
    def problems(self) -> list[tuple[str, str, str]]:
        total = sum(self.answers[name] for name in ("prompt", "cached", "output"))
        found = super().problems
        if total != 100:
            words = f"They add up to {total:g} %, and were scaled to a hundred."
            found.append((self["prompt"].id_for_label, "Shares of tokens", words))
        return found


def cost_form(query: QueryDict, names: FactNames) -> CostForm:
    known = names.names
    facts = {
        "hardware": fact_field("Hardware", known["hardware"], DEFAULT_HARDWARE),
        "model": fact_field("Model", known["model"], DEFAULT_MODEL),
    }
    return CostForm(query, names, facts=facts)
