"""The form that puts sides together, and what the compare trays lead to."""

import uuid

import pytest
from django.utils.text import slugify

from catalog.models import Alias
from comparisons.choosing import FactName, nearest_names
from tests.catalog.factories import make_ai_model, make_engine, make_hardware
from tests.comparisons.factories import make_published_comparison

pytestmark = pytest.mark.django_db

URL = "/compare/hardware/"


@pytest.fixture(autouse=True)
def cards():
    return [make_hardware(f"Card {letter}") for letter in "ABCDE"]


def ask(client, *sides, **parameters):
    return client.get(URL, {"side": sides, **parameters})


def test_two_sides_lead_to_their_comparison_in_alphabetical_order(client):
    response = ask(client, "card-b", "card-a")

    assert response.status_code == 302
    assert response["Location"] == "/compare/hardware/card-a-vs-card-b/"


def test_names_slugs_dots_and_aliases_are_all_understood(client, cards):
    Alias.objects.create(fact_type="hardware", alias="the.c", target_uid=cards[2].uid)

    response = ask(client, "CARD A", "Card.B", "the.c", " ", "")

    assert response["Location"] == "/compare/hardware/card-a-vs-card-b-vs-card-c/"


def test_a_name_given_twice_counts_once(client):
    assert ask(client, "card-a", "card-b", "card-a").status_code == 302


@pytest.mark.parametrize(
    ("sides", "sentence"),
    [
        (["card-a"], "A comparison needs at least two sides."),
        (["card-a", "card-a"], "Card A was named twice."),
        (["card-a", "card-x9"], "“card-x9” is not in the catalogue."),
        ([f"card-{c}" for c in "abcde"], "At most 4 can stand side by side."),
    ],
)
def test_what_is_wrong_is_said_and_the_known_sides_stay(client, sides, sentence):
    response = ask(client, *sides)

    assert response.status_code == 200
    assert sentence in response.context["choice"].problems
    assert sentence in response.content.decode()
    assert (1, "Card A") in response.context["fields"]


def test_an_unknown_side_is_kept_as_typed_and_the_nearest_offered(client):
    response = ask(client, "card-a", "Crad B")

    assert (2, "Crad B") in response.context["fields"]
    ((_, offers),) = response.context["choice"].suggestions
    assert ("Card B", "/compare/hardware/?side=card-a&side=card-b") in offers


def test_sides_can_be_kept_to_be_changed(client):
    response = client.get(URL, {"keep": ["card-b", "card-a"]})

    assert response.status_code == 200
    assert response.context["fields"][:2] == [(1, "Card B"), (2, "Card A")]


@pytest.mark.parametrize("text", ["\x00", "'; --", "😀", "x" * 10_000, "<b>"])
def test_nothing_typed_is_an_error(client, text):
    response = ask(client, "card-a", text)

    assert response.status_code == 200
    assert "<b>”" not in response.content.decode()


def test_a_hundred_sides_are_not_looked_up(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        response = ask(client, *(f"nothing-{n}" for n in range(100)))

    assert len(response.context["choice"].unknown) == 8


@pytest.mark.parametrize("folder", ["engines", "hardware", "models"])
def test_each_kind_has_its_page_even_with_nothing_written(client, folder):
    make_engine(), make_ai_model()

    response = client.get(f"/compare/{folder}/")

    assert response.status_code == 200
    assert f"/compare/{folder}/" in client.get("/compare/").content.decode()


def test_written_comparisons_are_listed(client):
    make_published_comparison(names=["Alpha", "Beta"])

    rows = client.get("/compare/engines/").context["comparisons"]

    assert [row.path for row in rows] == ["/compare/engines/alpha-vs-beta/"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("4099", "GeForce RTX 4090"),
        ("rtx 4090", "GeForce RTX 4090"),
        ("4090 laptop", "GeForce RTX 4090 Laptop"),
        ("radeon", "Radeon RX 7900"),
    ],
)
def test_the_nearest_name_is_found_by_its_words(text, first):
    names = [
        FactName(uuid.uuid4(), slugify(name), name)
        for name in (
            "GeForce RTX 4090 Laptop",
            "GeForce RTX 4090",
            "L40",
            "Radeon RX 7900",
        )
    ]

    assert nearest_names(text, names)[0].name == first
    assert nearest_names("", names) == []
