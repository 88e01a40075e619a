"""A machine of one's own against an API and rented cards."""

import datetime
from decimal import Decimal

import pytest

from catalog.models import Alias
from tests.benchmarks.factories import make_benchmark
from tests.calculators.buying_factories import make_card, make_hosted_price, make_llama
from tests.catalog.factories import make_price

pytestmark = pytest.mark.django_db
URL = "/cost-vs-cloud/"
OLD = datetime.date(2024, 1, 1)


@pytest.fixture
def model():
    return make_llama()


@pytest.fixture
def card():
    card = make_card("RTX 4090", slug="rtx-4090", watts=450)
    make_price(card, amount=1600)
    return card


@pytest.fixture
def priced(model, card):
    make_hosted_price(model)
    return card


def page(client, **answers):
    return client.get(URL, {"hardware": "rtx-4090", **answers})


def headline(response):
    return response.context["sentences"].headline


def inputs(response):
    return {line.label: line for line in response.context["found"].inputs}


def measured(card, model, watts, **values):
    values = {"notes": "whole-system watts", **values}
    power = Decimal(watts)
    return make_benchmark(hardware=card, ai_model=model, power_w=power, **values)


def test_little_use_and_cheap_tokens_stay_in_the_cloud(client, priced):
    response = page(client, hours="0.1")

    assert headline(response) == "Stay in the cloud."
    assert "Stay in the cloud." in response.text


def test_dear_tokens_and_a_busy_card_speak_for_it(client, priced):
    response = page(client, hours=20, api_prompt=10, api_output=30, load=400, idle=50)

    assert headline(response) == "A machine of your own costs less."


def test_a_machine_that_is_never_busy_stays_in_the_cloud(client, priced):
    assert headline(page(client, hours=0)) == "Stay in the cloud."


def test_more_tokens_than_a_month_has_hours_are_said(client, priced):
    response = page(client, tokens=10**11)

    assert headline(response) == "One machine is not enough."


def test_overlapping_ranges_claim_no_winner(client, priced):
    response = page(client, hours=4, api_prompt="0.1", api_output="0.3")

    assert headline(response) == "The ranges overlap."
    assert response.context["found"].break_even is not None


def test_what_is_missing_is_a_dash_and_named_in_the_answer(client, model):
    make_card("RTX 4090", slug="rtx-4090", watts=None)

    response = page(client)

    assert headline(response) == "This cannot be answered yet."
    assert "a dated price of RTX 4090" in response.text
    assert "the watts of RTX 4090" in response.text
    assert "an API price of Llama 3.1 8B Instruct" in response.text
    assert response.context["chart"] is None
    assert response.context["ways"][0].million == ""


def test_figures_of_ones_own_fill_what_is_missing(client, model):
    make_card("RTX 4090", slug="rtx-4090", watts=None)

    response = page(client, price=1500, load=400, api_prompt=1, api_output=2)

    assert response.context["found"].missing == []
    assert inputs(response)["Price"].origin == "your figure"


def test_measured_watts_win_over_the_board_power(client, priced, model):
    assert "not measured" in inputs(page(client))["Watts under load"].origin

    measured(priced, model, 390)
    measured(priced, model, 410)

    load = inputs(page(client))["Watts under load"]
    assert (load.amount.low, load.amount.high) == (390, 410)
    assert "measured with this model" in load.origin


def test_a_card_measured_in_a_small_board_gets_a_computer_added(client, priced, model):
    measured(priced, model, 300, hardware_name="A card (Pi CM5 - 16GB host)")

    load = inputs(page(client))["Watts under load"]

    assert (load.amount.low, load.amount.high) == (330, 367)
    assert "in a small board" in load.origin


def test_watts_of_the_card_alone_are_not_those_at_the_wall(client, priced, model):
    measured(priced, model, 300, notes="power of the board")

    assert "not measured" in inputs(page(client))["Watts under load"].origin


def test_watts_of_another_number_of_cards_do_not_count(client, priced, model):
    measured(priced, model, 760, hardware_count=2)

    assert "not measured" in inputs(page(client))["Watts under load"].origin
    assert "760" in inputs(page(client, count=2))["Watts under load"].shown


def test_an_old_price_is_marked_and_counts(client, priced, model):
    make_hosted_price(model, provider="Old provider", observed_on=OLD)

    response = page(client)

    marks = {offer.provider: offer.is_old for offer, _ in response.context["offers"]}
    assert marks["Old provider"]
    assert 'title="Seen more than 90 days ago"' in response.text


def test_only_the_newest_price_of_a_provider_counts(client, priced, model):
    make_hosted_price(model, observed_on=OLD, input_usd_per_million_tokens=Decimal(9))

    (offer,) = (offer for offer, _ in page(client).context["offers"])

    assert offer.prompt == "0.20"


def test_prompt_cached_and_output_tokens_are_priced_apart(client, priced):
    def price(**shares):
        return page(client, **shares).context["found"].api

    prompt = price(prompt=100, cached=0, output=0)
    output = price(prompt=0, cached=0, output=100)
    cached = price(prompt=50, cached=50, output=0)

    assert prompt.expected == Decimal("0.2")
    assert output.expected == Decimal("0.6")
    assert cached.low == Decimal("0.11")
    assert cached.high == Decimal("0.15")


def test_shares_that_are_not_a_hundred_are_scaled_and_said(client, priced):
    response = page(client, prompt=100, cached=0, output=100)

    assert response.context["found"].mix.prompt == Decimal("0.5")
    assert "scaled to a hundred" in response.text


def test_one_stream_and_the_sum_over_requests_are_told_apart(client, priced):
    single, many = page(client), page(client, requests=8)

    assert single.context["found"].speed.kind == "one request"
    assert many.context["found"].speed.kind == "the sum over 8 requests"
    rate = single.context["found"].speed.rate.expected
    assert many.context["found"].speed.rate.expected > rate


def test_rent_and_spot_are_two_lines_with_their_dates(client, priced):
    make_price(
        priced, kind="cloud_hour", condition="", amount=Decimal("0.60"), seller="Lender"
    )
    make_price(priced, kind="marketplace_hour", condition="", amount=Decimal("0.30"))

    found = page(client, count=2)

    assert inputs(found)["Rent"].amount.expected == Decimal("1.2")
    assert inputs(found)["Rent, spot"].amount.expected == Decimal("0.6")
    assert "Lender" in inputs(found)["Rent"].origin


def test_the_chart_and_the_table_hold_the_same_use(client, priced):
    context = page(client, hours=6).context

    asked = [step for step in context["steps"] if step.is_asked]
    assert [step.busy for step in asked] == ["25 %"]
    assert asked[0].local == context["ways"][0].million
    assert context["chart"].asked_x is not None
    assert {band.letter for band in context["chart"].bands} == {"a", "b"}


def test_a_machine_that_sleeps_at_night_ends_the_table_at_its_hours(client, priced):
    steps = page(client, on=12).context["steps"]

    assert steps[-1].busy == "50 %"


def test_weights_in_host_memory_have_no_known_prompt_speed(client, priced):
    small = make_card("Small card", gib=6)
    make_price(small, amount=100)

    response = page(client, hardware=small.slug, quantization="Q8_0")

    assert headline(response) == "This cannot be answered yet."
    assert "weights in host memory" in response.text


def test_a_price_that_does_not_say_for_which_memory_is_not_used(client, model):
    make_price(make_card("Chip", kind="apple_soc"), kind="msrp")

    price = inputs(page(client, hardware="chip"))["Price"]

    assert price.amount is None
    assert price.origin == "the prices seen do not say for which size of memory"


@pytest.mark.parametrize(
    ("answers", "label"),
    [
        ({"hours": "25"}, "Busy (hours a day)"),
        ({"hours": "NaN"}, "Busy (hours a day)"),
        ({"price": "1e99"}, "Price of each (USD)"),
        ({"months": "0"}, "Kept (months)"),
        ({"hardware": "nobody-knows"}, "Hardware"),
        ({"model": "nobody-knows"}, "Model"),
        ({"quantization": "Q99"}, "File"),
        ({"what": "is this"}, "what"),
    ],
)
def test_what_is_wrong_in_the_address_is_named_and_never_an_error(
    client, priced, answers, label
):
    response = page(client, **answers)

    assert response.status_code == 200
    assert label in [name for _, name, _ in response.context["form"].problems]


def test_an_empty_catalogue_is_no_error(client):
    assert client.get(URL).status_code == 200


def test_the_statements_are_eight_at_most_with_the_names_as_aliases(
    client, priced, model, django_assert_num_queries
):
    Alias.objects.create(fact_type="model", alias="Llama8", target_uid=model.uid)
    make_hosted_price(model, provider="Another")
    measured(priced, model, 390)

    with django_assert_num_queries(7):
        page(client)
    with django_assert_num_queries(8):
        response = page(client, model="Llama8")

    assert response.context["form"].answers["model"] == model.slug
