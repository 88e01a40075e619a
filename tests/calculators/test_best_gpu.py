"""Rankings by budget and need, with honest ties."""

import pytest

from calculators.choosing import needs
from calculators.choosing.needs import NEEDS, RANK_RULES
from catalog.models import AIModel
from tests.calculators.buying_factories import make_card, make_llama
from tests.catalog.factories import make_price

pytestmark = pytest.mark.django_db
URL = "/best-gpu/"


@pytest.fixture
def shop():
    make_llama()
    for name, gib, bandwidth, price in (
        ("Quick card", 12, 1000, 700),
        ("Nearly as quick", 12, 980, 600),
        ("Slow card", 16, 200, 300),
        ("Dear card", 24, 2000, 1900),
    ):
        make_price(make_card(name, gib=gib, bandwidth=bandwidth), amount=price)
    make_card("Unpriced card")


def entries(client, **answers):
    answers = {"need": "chat-8b", "budget": 1000, **answers}
    return client.get(URL, answers).context["entries"]


def placed(found):
    return [(entry.rank, entry.is_tied, entry.line.name) for entry in found]


def test_what_cannot_be_told_apart_shares_a_rank_the_cheaper_first(client, shop):
    assert placed(entries(client)) == [
        (1, True, "Nearly as quick"),
        (1, True, "Quick card"),
        (3, False, "Slow card"),
    ]


def test_a_clear_winner_stands_alone(client, shop):
    assert placed(entries(client, budget=1900))[0] == (1, False, "Dear card")


def test_memory_for_the_money_ranks_by_what_is_printed(client, shop):
    found = entries(client, need="memory")

    assert [entry.line.name for entry in found][0] == "Slow card"
    assert [entry.figure for entry in found] == ["5.3", "2.0", "1.7"]


def test_power_leaves_out_what_has_no_watts(client, shop):
    AIModel.objects.update(slug="qwen3-14b")
    make_price(make_card("Silent maker", watts=None), amount=100)

    names = [entry.line.name for entry in entries(client, need="power")]

    assert "Quick card" in names
    assert "Silent maker" not in names


def test_the_rule_is_printed_from_the_constant(client, shop, monkeypatch):
    rule = RANK_RULES[needs.RankRule.SPEED]
    changed = {**RANK_RULES, needs.RankRule.SPEED: needs.RuleWords("", "", "Odd.", "")}
    assert rule.words in client.get(URL, {"need": "chat-8b"}).text

    monkeypatch.setattr("calculators.choosing.best.RANK_RULES", changed)

    assert "Odd." in client.get(URL, {"need": "chat-8b"}).text


@pytest.mark.parametrize("need", NEEDS)
def test_every_need_answers_even_without_its_model(client, shop, need):
    response = client.get(URL, {"need": need})

    assert response.status_code == 200
    assert NEEDS[need].words in response.text


def test_hardware_without_a_price_is_listed_apart(client, shop):
    context = client.get(URL, {"need": "chat-8b"}).context

    assert [line.name for line in context["unpriced"]] == ["Unpriced card"]


def test_a_link_changes_one_answer_and_keeps_the_others(client, shop):
    context = client.get(URL, {"need": "chat-8b", "condition": "new"}).context

    assert all("condition=new" in door.query for door in context["budget_doors"])
    assert "budget=2000" in [
        part for door in context["budget_doors"] for part in door.query.split("&")
    ]


def test_an_unknown_need_is_named(client, shop):
    response = client.get(URL, {"need": "games"})

    assert response.context["form"].problems[0][1] == "Need"
    assert response.status_code == 200


def test_the_number_of_statements_does_not_grow(
    client, shop, django_assert_num_queries
):
    for number in range(5):
        make_price(make_card(f"Further card {number}"), amount=300 + number)

    with django_assert_num_queries(5):
        client.get(URL, {"need": "chat-8b"})
