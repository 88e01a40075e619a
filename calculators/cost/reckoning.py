"""From the answers of the form to costs: what is known, and what is missing."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from benchmarks.models import Benchmark
from calculators.architectures import architecture_of
from calculators.asking import KnownModel
from calculators.choosing.candidates import Job, job_for
from calculators.cost.apis import YOUR_API, Offer, all_offers, mixed_price, offers_of
from calculators.cost.form import DAYS_PER_MONTH, CostForm
from calculators.cost.inputs import (
    Input,
    given,
    idle_input,
    load_input,
    price_input,
    rent_input,
    resale_input,
)
from calculators.machines import hardware_of
from calculators.pricing import counted_prices, price_in
from catalog.models import HardwareKind
from editorial.vocabularies import PriceKind
from estimator.answers import Estimate, Fit, Range
from estimator.cost import (
    HOUR_S,
    MILLION,
    MONTH_H,
    Amount,
    BreakEven,
    Ownership,
    TokenMix,
    Verdict,
    break_even_tokens,
    break_even_utilization,
    local_usd,
    local_usd_per_million,
    mixed_rate,
    rented_usd_per_million,
    verdict,
)
from estimator.fit import estimate
from estimator.speed import speeds


@dataclass(frozen=True)
class Speed:
    """Tokens a second of the mix, or the reason why they are not known."""

    rate: Amount | None
    prefill: Amount | None
    decode: Amount | None
    kind: str
    because: str
    answer: Estimate | None = None


@dataclass(frozen=True)
class Reckoning:
    """All of a page. None and empty mean not known; `missing` says what to do."""

    name: str
    speed: Speed
    mix: TokenMix
    inputs: list[Input]
    owned: Ownership | None
    offers: list[Offer]
    api: Amount | None
    """US dollars for a million tokens."""
    rent: Amount | None
    spot: Amount | None
    """US dollars an hour for all cards."""
    busy_hours: Decimal | None
    """Of a month."""
    missing: list[str] = field(default_factory=list)

    @property
    def utilization(self) -> Decimal | None:
        return None if self.busy_hours is None else self.busy_hours / MONTH_H

    @property
    def is_too_much(self) -> bool:
        """More tokens are asked than the machine makes in a month."""
        return self.busy_hours is not None and self.busy_hours > MONTH_H

    @property
    def tokens(self) -> Decimal | None:
        """A month's, at the expected rate."""
        if self.busy_hours is None or self.speed.rate is None:
            return None
        return self.speed.rate.expected * HOUR_S * self.busy_hours

    @property
    def local_month(self) -> Amount | None:
        if self.owned is None or self.busy_hours is None or self.is_too_much:
            return None
        return local_usd(self.owned, self.busy_hours)

    def month_of(self, per_million: Amount | None) -> Amount | None:
        if per_million is None or self.tokens is None:
            return None
        return per_million.times(self.tokens / MILLION)

    @property
    def local_million(self) -> Amount | None:
        if self.busy_hours is None or self.is_too_much:
            return None
        return self.local_million_at(self.busy_hours)

    def local_million_at(self, busy_hours: Decimal) -> Amount | None:
        if self.owned is None or self.speed.rate is None:
            return None
        return local_usd_per_million(self.owned, self.speed.rate, busy_hours)

    def rented_million(self, hourly: Amount | None) -> Amount | None:
        if hourly is None or self.speed.rate is None:
            return None
        return rented_usd_per_million(hourly, self.speed.rate)

    @property
    def verdict(self) -> Verdict:
        return verdict(self.local_million, self.api)

    @property
    def break_even(self) -> tuple[BreakEven, BreakEven] | None:
        """(tokens a month, share of the month that it is busy)."""
        if self.owned is None or self.speed.rate is None or self.api is None:
            return None
        asked = (self.owned, self.speed.rate, self.api)
        return break_even_tokens(*asked), break_even_utilization(*asked)


def reckon(form: CostForm, hardware: Any, model: Any, today: date) -> Reckoning:
    """Costs of `model` on `hardware`, both rows with all that is asked of them."""
    asked, count = form.answers, form.answers["count"]
    known = KnownModel(architecture_of(model), tuple(model.files.all()))
    speed = speed_of(form, hardware, known)
    offers = _offers(form, model, today)
    inputs = _inputs(form, hardware, model, today)
    hours = _busy_hours(form, speed)
    owned = _owned(form, inputs, hours)
    rents = [inputs["rent"].amount, inputs["spot"].amount]
    name = hardware.name if count == 1 else f"{count} × {hardware.name}"
    found = Reckoning(
        name=name,
        speed=speed,
        mix=form.mix,
        inputs=list(inputs.values()),
        owned=owned,
        offers=offers,
        api=all_offers(offers),
        rent=rents[0],
        spot=None if asked["rent"] is not None else rents[1],
        busy_hours=hours,
    )
    return replace(found, missing=_missing(found, inputs, model.name))


def speed_of(form: CostForm, hardware: Any, known: KnownModel) -> Speed:
    """Tokens a second of the mix: of one stream, or the sum over all requests."""
    requests = form.answers["requests"]
    kind = "one request" if requests == 1 else f"the sum over {requests} requests"
    job = job_for(
        known,
        context_tokens=form.answers["context"],
        users=requests,
        quantization=form.answers["quantization"],
    )
    if isinstance(job, str):
        return Speed(None, None, None, kind, job)
    answer = _estimate(job, hardware, form.answers["count"])
    if answer.speeds is None:
        words = f"the model {answer.fit}" if answer.fit is Fit.DOES_NOT_FIT else ""
        return Speed(None, None, None, kind, words or "its fit is not known", answer)
    speeds = answer.speeds
    single = speeds.decode_at_depth or speeds.decode
    decode = _amount(speeds.decode_all_sequences if requests > 1 else single)
    prefill = _amount(speeds.prefill_at_depth or speeds.prefill)
    rate = None if decode is None else mixed_rate(prefill, decode, form.mix)
    because = "" if rate else _no_rate(form.mix)
    return Speed(rate, prefill, decode, kind, because, answer)


def _no_rate(mix: TokenMix) -> str:
    if not mix.prompt and not mix.output:
        return "cached tokens alone take no time, so they give no speed"
    return (
        "it does not fit at this context and number of requests, and nobody has "
        "measured how fast prompts are read with weights in host memory"
    )


def _estimate(job: Job, hardware: Any, count: int) -> Estimate:
    return estimate(job.request(hardware_of(hardware), count), speeds)


def _amount(found: Range | None) -> Amount | None:
    if found is None:
        return None
    return Amount.between(
        *(round(value, 4) for value in (found.low, found.expected, found.high))
    )


def _busy_hours(form: CostForm, speed: Speed) -> Decimal | None:
    """Of a month. From tokens they follow by the expected rate."""
    tokens = form.answers["tokens"]
    if tokens is None:
        return Decimal(form.answers["hours"]) * DAYS_PER_MONTH
    if speed.rate is None:
        return None
    return Decimal(tokens) / speed.rate.expected / HOUR_S * DAYS_PER_MONTH


def _offers(form: CostForm, model: Any, today: date) -> list[Offer]:
    prompt, output = form.answers["api_prompt"], form.answers["api_output"]
    if prompt is None or output is None:
        return offers_of(model.hosted_prices.all(), form.mix, today)
    mixed = mixed_price(prompt, form.answers["api_cached"], output, form.mix)
    return [Offer(YOUR_API, str(prompt), str(output), mixed)]


def _inputs(form: CostForm, hardware: Any, model: Any, today: date) -> dict[str, Input]:
    """By name, in the order in which they are printed."""
    asked, count, seen = form.answers, form.answers["count"], hardware.prices.all()
    found: dict[str, Input] = {}
    if asked["price"] is not None:
        found["price"] = given("Price", "USD", asked["price"] * count)
    else:
        price = price_in(counted_prices(hardware, seen), asked["condition"])
        is_unclear = hardware.kind == HardwareKind.APPLE_SOC and bool(seen)
        found["price"] = price_input(price, count, today, is_unclear=is_unclear)
    if asked["resale"] is not None:
        found["resale"] = given("Resale", "% of the price", asked["resale"])
    else:
        found["resale"] = resale_input(asked["months"])
    if asked["load"] is not None:
        found["load"] = given("Watts under load", "W", asked["load"])
    else:
        rows = list(Benchmark.objects.with_wall_power_on(hardware, count))
        board = hardware.board_power_w
        found["load"] = load_input(
            rows, model.slug, None if board is None else board * count
        )
    if asked["idle"] is not None:
        found["idle"] = given("Watts at rest", "W", asked["idle"])
    else:
        found["idle"] = idle_input(found["load"].amount)
    if asked["rent"] is not None:
        found["rent"] = given("Rent", "USD/h", asked["rent"] * count)
    else:
        found["rent"] = rent_input(seen, PriceKind.CLOUD_HOUR, count, today)
    found["spot"] = rent_input(seen, PriceKind.MARKETPLACE_HOUR, count, today)
    return found


def _owned(
    form: CostForm, inputs: dict[str, Input], hours: Decimal | None
) -> Ownership | None:
    price, load, idle = (inputs[name].amount for name in ("price", "load", "idle"))
    resale = inputs["resale"].amount
    if price is None or load is None or idle is None or resale is None:
        return None
    on_hours = Decimal(form.answers["on"]) * DAYS_PER_MONTH
    return Ownership(
        price_usd=price + Amount.exactly(form.answers["computer"]),
        resale_share=resale.times(Decimal("0.01")),
        months=form.answers["months"],
        load_w=load,
        idle_w=idle,
        on_hours=min(MONTH_H, max(on_hours, hours or Decimal(0))),
        electricity_usd_per_kwh=Decimal(form.answers["electricity"]),
        other_usd_per_month=Decimal(form.answers["other"]),
    )


def _missing(found: Reckoning, inputs: dict[str, Input], model: str) -> list[str]:
    """What is missing for an answer, and where it can be typed."""
    words = []
    if found.speed.rate is None:
        words.append(f"the speed of {model} on {found.name}: {found.speed.because}")
    if inputs["price"].amount is None:
        words.append(f"a dated price of {found.name}; type one under Money")
    if inputs["load"].amount is None:
        words.append(f"the watts of {found.name}; type them under Power")
    if found.api is None:
        words.append(f"an API price of {model}; type one under API and rent")
    return words
