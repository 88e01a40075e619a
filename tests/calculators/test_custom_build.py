"""Several and unequal cards: a bar for each, and the tightest decides."""

import pytest

from tests.calculators.factories import (
    make_card,
    make_large_llama,
    make_llama,
    make_small_card,
)
from tests.catalog.factories import make_engine

pytestmark = pytest.mark.django_db
PATH = "/will-it-run/custom/"
CARDS = "hardware=rtx-4090&count=2&hardware=rtx-3060&count=1"
ASKED = f"{PATH}?model=llama-3-1-70b&{CARDS}"


@pytest.fixture
def build():
    make_engine("llama.cpp", slug="llama-cpp")
    make_card()
    make_small_card()
    make_large_llama()


def test_each_card_has_a_bar_and_all_layers_are_somewhere(client, build):
    answer = client.get(ASKED).context["answer"]

    assert answer.title == (
        "Llama 3.1 70B on two GeForce RTX 4090 and one GeForce RTX 3060"
    )
    assert [bar.name for bar in answer.bars] == [
        *["GeForce RTX 4090"] * 2,
        "GeForce RTX 3060",
    ]
    assert sum(bar.layers for bar in answer.bars) == 80
    assert answer.bars[2].layers < answer.bars[0].layers


def test_the_way_of_sharing_is_part_of_the_question(client, build):
    answer = client.get(f"{ASKED}&split=tensor&engine=vllm").context["answer"]

    shares = {load.weights_bytes for load in answer.estimate.placement.devices}
    assert len(shares) == 1
    assert "split=tensor" in answer.asked.query()


def test_one_card_only_leaves_the_others_empty(client, build):
    make_llama()

    answer = client.get(
        f"{PATH}?model=llama-3-1-8b-instruct&{CARDS}&split=none"
    ).context["answer"]

    assert [bar.name for bar in answer.bars] == ["GeForce RTX 4090"]


def test_more_kinds_than_four_are_named_and_left_out(client, build):
    for number in range(4):
        make_card(f"Card {number}", slug=f"card-{number}")
    more = "&".join(f"hardware=card-{number}" for number in range(4))

    response = client.get(f"{ASKED}&{more}")

    assert len(response.context["asked"].cards) == 4
    assert "at most 4 kinds" in response.content.decode()


def test_the_form_offers_a_further_card(client, build):
    content = client.get(ASKED).content.decode()

    assert 'id="ask-hardware-3"' in content
    assert 'id="ask-split"' in content
