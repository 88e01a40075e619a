"""Models for a machine, and hardware for a model."""

import pytest

from catalog.models import GIB, Alias
from tests.calculators.factories import (
    make_card,
    make_large_llama,
    make_llama,
    make_measured,
    make_small_card,
)
from tests.catalog.factories import (
    make_ai_model,
    make_engine,
    make_hardware,
    make_model_languages,
    make_price,
)
from tests.page_words import words_of

pytestmark = pytest.mark.django_db
PATH = "/will-it-run/rtx-4090/"


@pytest.fixture
def engine():
    return make_engine("llama.cpp", slug="llama-cpp")


@pytest.fixture
def card():
    return make_card()


def groups_of(client, path=PATH):
    page = client.get(path).context["page"]
    return {group.key: [line.name for line in group.lines] for group in page.groups}


def line_of(client, name, path=PATH):
    page = client.get(path).context["page"]
    lines = [line for group in page.groups for line in group.lines]
    return next(line for line in lines if line.name == name)


def test_models_are_grouped_by_how_well_they_fit(client, engine, card):
    make_llama()
    make_large_llama()
    make_large_llama("Llama 3.1 405B", slug="l405", total_parameters=405_000_000_000)

    assert groups_of(client) == {
        "comfortable": ["Llama 3.1 8B Instruct"],
        "offload": ["Llama 3.1 70B"],
        "none": ["Llama 3.1 405B"],
    }


def test_the_heaviest_file_that_leaves_room_is_taken(client, engine, card):
    make_llama()
    make_small_card(memory_bytes=8 * GIB)

    assert line_of(client, "Llama 3.1 8B Instruct").quantization == "Q8_0"
    small = line_of(client, "Llama 3.1 8B Instruct", "/will-it-run/rtx-3060/")
    assert small.quantization == "Q4_K_M"


def test_a_line_says_what_its_own_page_says(client, engine, card):
    llama = make_llama()
    make_measured(llama, card, engine, quantization="Q8_0", decode_tokens_per_second=88)
    make_large_llama()

    for name in ("Llama 3.1 8B Instruct", "Llama 3.1 70B"):
        line = line_of(client, name)
        answer = client.get(line.href).context["answer"]
        figures = {figure.words: figure.value for figure in answer.figures}
        assert figures["needs"] == line.needs
        assert figures["tokens/s decode"] == line.speed
        assert answer.estimate.speeds.evidence == line.evidence


def test_filters_of_task_licence_and_speed_leave_the_others_out(client, engine, card):
    make_llama()
    make_llama("Coder", slug="coder", modality="code", commercial_use="yes")
    make_large_llama(commercial_use="")

    assert groups_of(client, f"{PATH}?task=code") == {"comfortable": ["Coder"]}
    assert groups_of(client, f"{PATH}?use=yes") == {"comfortable": ["Coder"]}
    assert "offload" not in groups_of(client, f"{PATH}?floor=20")
    assert groups_of(client, f"{PATH}?group=offload") == {"offload": ["Llama 3.1 70B"]}


def test_models_that_name_a_language_are_kept_and_open_ones_stand_apart(
    client, engine, card
):
    for name, codes, count in (
        ("German", "de en", 2),
        ("English only", "en", None),
        ("Counted", "", 140),
        ("Some named", "en fr", 29),
    ):
        model = make_llama(name, slug=name.lower().replace(" ", "-"))
        make_model_languages(model, codes, stated_count=count)
    make_llama("Silent", slug="silent")
    make_large_llama()

    assert groups_of(client, f"{PATH}?language=de") == {
        "comfortable": ["German"],
        "language-open": ["Counted", "Silent", "Some named"],
    }
    words = words_of(client.get(f"{PATH}?language=de"))
    assert "1 of 1 models whose publishers name German fit." in words
    assert "3 more fit, and nothing seen says whether they support it." in words
    assert "140 languages (not named)" in words


def test_what_is_open_can_be_shown_alone_and_needs_a_language(client, engine, card):
    make_llama()

    alone = groups_of(client, f"{PATH}?language=de&group=language-open")
    response = client.get(f"{PATH}?group=language-open")

    assert alone == {"language-open": ["Llama 3.1 8B Instruct"]}
    assert "needs a language." in words_of(response)
    assert groups_of(client) == {"comfortable": ["Llama 3.1 8B Instruct"]}


def test_other_filters_hold_for_what_is_open_too(client, engine, card):
    make_llama("Coder", slug="coder", modality="code")
    make_llama()

    groups = groups_of(client, f"{PATH}?language=de&task=code")

    assert groups == {"language-open": ["Coder"]}


def test_a_rare_language_is_offered_once_it_is_asked_for(client, engine, card):
    def offered(path):
        filters = client.get(path).context["page"].filters
        options = next(options for name, _, options in filters if name == "language")
        return {option.label: option.is_chosen for option in options}

    assert "Faroese" not in offered(PATH)
    assert offered(PATH)["Any"] is True
    assert offered(f"{PATH}?language=fo")["Faroese"] is True


def test_models_that_do_not_write_and_unknown_ones_are_left_out(client, engine, card):
    make_llama("Embedder", slug="embedder", modality="embedding")
    make_ai_model("Bare", slug="bare")

    assert groups_of(client) == {}
    assert "No model of the catalogue meets all of this." in words_of(client.get(PATH))


def test_order_is_by_size_or_by_speed(client, engine, card):
    make_llama()
    make_llama("Small", slug="small", total_parameters=3_000_000_000, hidden_size=2048)

    by_size, by_speed = groups_of(client), groups_of(client, f"{PATH}?sort=speed")

    assert by_size["comfortable"] == ["Llama 3.1 8B Instruct", "Small"]
    assert by_speed["comfortable"] == ["Small", "Llama 3.1 8B Instruct"]


def test_two_cards_hold_what_one_does_not(client, engine, card):
    make_large_llama()

    groups = groups_of(client, f"{PATH}?count=2&context=4096")

    assert groups == {"tight": ["Llama 3.1 70B"]}


def test_htmx_gets_the_short_address_for_the_bar(client, engine, card):
    asked = (
        f"{PATH}?task=code&use=&language=de&context=8192&least=Q3_K_M&sort=size&count=1"
    )

    response = client.get(asked, headers={"HX-Request": "true"})

    assert response["HX-Push-Url"] == f"{PATH}?task=code&language=de"


def test_what_means_nothing_is_named(client, engine, card):
    words = words_of(client.get(f"{PATH}?task=dance&floor=x&sort=up&nothing=1"))

    assert "task=dance" in words
    assert "this list has no such filter" in words


def test_other_names_of_the_hardware_lead_to_its_page(client, card):
    Alias.objects.create(fact_type="hardware", alias="4090", target_uid=card.uid)

    assert client.get("/will-it-run/4090/")["Location"] == PATH
    assert client.get("/will-it-run/nothing/").status_code == 404


def test_statements_do_not_grow_with_models_or_measurements(
    client, engine, card, django_assert_max_num_queries
):
    for number in range(12):
        model = make_llama(f"Model {number}", slug=f"model-{number}")
        make_measured(model, card, engine)
        make_model_languages(model, "de en")

    with django_assert_max_num_queries(6):
        client.get(f"{PATH}?language=de")


def test_hardware_for_a_model_begins_with_the_cheapest(client, engine, card):
    llama = make_llama()
    small = make_small_card(board_power_w=170)
    make_price(card, amount=1599, kind="street_new")
    make_price(small, amount=250, kind="street_used", condition="used")
    make_hardware("Tiny", memory_bytes=2 * GIB)

    response = client.get(f"/will-it-run/model/{llama.slug}/")

    page = response.context["page"]
    assert [path.name for path in page.cheapest][:2] == [
        "GeForce RTX 3060",
        "GeForce RTX 4090",
    ]
    assert page.cheapest[0].watts == 170
    assert page.cheapest[0].used.when == "1 Nov 2026"
    assert [path.slug for path in page.paths] == ["rtx-3060", "rtx-4090"]


def test_several_cards_are_a_way_where_one_is_not(client, engine):
    model = make_large_llama()
    card = make_card()
    make_price(card, amount=1500)

    page = client.get(f"/will-it-run/model/{model.slug}/").context["page"]

    assert page.paths == []
    assert page.cheapest[0].name == "2 × GeForce RTX 4090"
    assert page.cheapest[0].lowest == 3000


def test_hardware_for_a_model_takes_five_statements(
    client, engine, card, django_assert_max_num_queries
):
    llama = make_llama()
    for number in range(8):
        make_price(make_card(f"Card {number}", slug=f"card-{number}"))

    with django_assert_max_num_queries(6):
        client.get(f"/will-it-run/model/{llama.slug}/")
