"""Five questions, up to three picks, what would change the answer."""

import pytest

from calculators.choosing.rules import PURPOSES
from tests.calculators.buying_factories import make_card, make_llama
from tests.catalog.factories import make_price

pytestmark = pytest.mark.django_db
URL = "/choose-my-gpu/"


@pytest.fixture
def shop():
    """Cheap and slow, quick and dear, roomy, without a price, beyond the budget."""
    make_llama()
    for name, gib, bandwidth, price in (
        ("Small card", 8, 300, 200),
        ("Quick card", 12, 1000, 700),
        ("Roomy card", 32, 400, 800),
        ("Dear card", 24, 2000, 1900),
    ):
        card = make_card(name, gib=gib, bandwidth=bandwidth)
        make_price(card, amount=price)
    make_card("Unpriced card")


def asked(client, **answers):
    answers = {"model": "llama-3-1-8b-instruct", "budget": 1000, **answers}
    return client.get(URL, answers).context


def names(lines):
    return [line.name for line in lines]


def test_three_rules_pick_within_the_budget(client, shop):
    context = asked(client)

    assert names(context["picks"]) == ["Small card", "Quick card", "Roomy card"]
    assert [line.titles[0] for line in context["picks"]] == [
        "Enough for the least money",
        "Fastest within the budget",
        "Most room within the budget",
    ]


def test_a_card_that_wins_twice_is_one_pick_with_both_reasons(client, shop):
    context = asked(client, budget=250)

    (pick,) = context["picks"]
    assert pick.name == "Small card"
    assert len(pick.titles) == 3


def test_a_price_exactly_at_the_budget_can_be_paid(client, shop):
    assert "Quick card" in names(asked(client, budget=700)["picks"])
    assert "Quick card" not in names(asked(client, budget=699)["picks"])


def test_what_has_no_price_is_listed_apart_and_never_picked(client, shop):
    context = asked(client, budget=9000)

    assert names(context["unpriced"]) == ["Unpriced card"]
    assert "Unpriced card" not in names(context["picks"] + context["runners_up"])


def test_each_pick_states_a_reason_against_it(client, shop):
    for line in asked(client)["picks"]:
        assert any(reason.startswith("Against it:") for reason in line.reasons)


def test_the_next_step_of_the_budget_is_worked_out(client, shop):
    steps = {step.condition: step.consequence for step in asked(client)["changes"]}

    assert "Dear card" in steps["A budget of 1\u202f900 USD"]
    assert "A budget under 200 USD" in steps
    assert any(condition.startswith("A context over") for condition in steps)


def test_the_dear_card_is_the_pick_at_the_budget_that_was_named(client, shop):
    context = asked(client, budget=1900)

    fastest = [
        line.name
        for line in context["picks"]
        if "Fastest within the budget" in line.titles
    ]
    assert fastest == ["Dear card"]


def test_used_prices_count_only_where_they_are_allowed(client, shop):
    card = make_card("Used card", bandwidth=2000)
    make_price(card, amount=500, kind="street_used", condition="used")

    assert "Used card" in names(asked(client, condition="any")["picks"])
    context = asked(client, condition="new")
    assert "Used card" not in names(context["picks"])
    assert any("Used card" in step.consequence for step in context["changes"])


def test_a_limit_of_watts_leaves_out_what_draws_more_or_says_nothing(client, shop):
    make_price(make_card("Frugal card", bandwidth=400, watts=70), amount=600)
    make_price(make_card("Silent maker", watts=None), amount=600)

    context = asked(client, watts=100)

    assert {line.name for line in context["picks"]} == {"Frugal card"}
    assert any(step.condition == "No limit of power" for step in context["changes"])


def test_two_slots_make_room_for_what_one_card_cannot_hold(client, shop):
    values = {"budget": 500, "context": 32768}

    assert asked(client, slots=1, **values)["picks"] == []
    assert names(asked(client, slots=2, **values)["picks"]) == ["2 × Small card"]


def test_laptops_come_only_when_they_are_allowed(client, shop):
    make_price(make_card("Laptop chip", segment="laptop", bandwidth=3000), amount=900)

    assert "Laptop chip" not in names(asked(client)["picks"])
    assert "Laptop chip" in names(asked(client, allow=["card", "laptop"])["picks"])


def test_several_people_share_the_speed(client, shop):
    def speed(users):
        picks = asked(client, users=users)["picks"]
        roomy = next(line for line in picks if line.name == "Roomy card")
        return float(roomy.expected)

    assert speed(8) < speed(1) < 8 * speed(8)


def test_nothing_quick_enough_is_said_and_not_hidden(client):
    make_llama()
    make_price(make_card("Slow card", bandwidth=30), amount=100)

    response = client.get(URL, {"model": "llama-3-1-8b-instruct"})

    assert response.context["is_slow"]
    assert "these only fit" in response.text


def test_a_model_without_layers_is_named_with_the_reason(client):
    make_llama(layers=None)

    assert "Nothing can be chosen for Llama 3.1 8B Instruct" in client.get(URL).text


def test_an_empty_catalogue_is_no_error(client):
    assert client.get(URL).status_code == 200


@pytest.mark.parametrize(
    ("answers", "label"),
    [
        ({"budget": "much"}, "Budget (USD)"),
        ({"purpose": "games"}, "What is it for?"),
        ({"model": "nobody-knows"}, "Which model, or which size?"),
        ({"slots": "9"}, "Slots for cards"),
        ({"allow": "spaceship"}, "What may it be?"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_in_the_address_is_named_and_answered_all_the_same(
    client, shop, answers, label
):
    response = client.get(URL, answers)

    assert response.status_code == 200
    assert label in [name for _, name, _ in response.context["form"].problems]
    assert "Part of the address was not understood" in response.text


def test_a_dotted_slug_leads_to_the_same_answer(client, shop):
    form = client.get(URL, {"model": "llama-3.1-8b-instruct"}).context["form"]

    assert form.answers["model"] == "llama-3-1-8b-instruct"
    assert form.problems == []


def test_every_answer_is_in_the_form_again(client, shop):
    page = client.get(URL, {"budget": 777, "purpose": "code", "watts": 400}).text

    assert 'value="777"' in page
    assert '<option value="code" selected>' in page
    assert 'value="400"' in page


@pytest.mark.parametrize("purpose", PURPOSES)
def test_the_purpose_sets_what_is_left_empty(client, shop, purpose):
    form = client.get(URL, {"purpose": purpose}).context["form"]

    assert form.context_tokens == PURPOSES[purpose].context_tokens
    assert form.user_count == PURPOSES[purpose].users


def test_affiliate_settings_change_nothing(client, shop, settings):
    before = names(asked(client)["picks"])
    settings.AFFILIATE_STATEMENT = "We earn from every Roomy card."

    assert names(asked(client)["picks"]) == before


def test_the_number_of_statements_does_not_grow(
    client, shop, django_assert_num_queries
):
    for number in range(5):
        make_price(make_card(f"Further card {number}"), amount=300 + number)

    with django_assert_num_queries(5):
        asked(client)
