"""One question, one answer: the address, the verdict, the numbers, the ways on."""

import re

import pytest

from catalog.models import GIB, Alias
from tests.calculators.factories import (
    make_card,
    make_large_llama,
    make_llama,
    make_measured,
    make_small_card,
)
from tests.catalog.factories import make_ai_model, make_engine, make_hardware
from tests.page_words import words_of

pytestmark = pytest.mark.django_db
PATH = "/will-it-run/"
ASKED = f"{PATH}?model=llama-3-1-8b-instruct&hardware=rtx-4090"
LARGE = f"{PATH}?model=llama-3-1-70b&hardware=rtx-4090"


@pytest.fixture
def llama():
    make_engine("llama.cpp", slug="llama-cpp")
    return make_llama()


@pytest.fixture
def card():
    return make_card()


def answer_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.context["answer"]


def test_the_answer_is_a_sentence_with_verdict_need_speed_and_limit(
    client, llama, card
):
    words = words_of(client.get(ASKED))

    said = r"Runs, comfortable. It needs ([\d.]+) of the 22.8 GiB this card can give"
    assert float(re.search(said, words)[1]) < 6.1  # all, the host's part among it
    assert re.search(r"should write \d+–\d+ tokens a second", words)
    assert "tokens of context fit." in words


def test_the_page_says_what_the_command_says(client, llama, card):
    answer = answer_of(client, f"{ASKED}&context=32768&cache=q8_0")

    terms = {term.name: term.size_bytes for term in answer.estimate.terms}
    assert sum(terms.values()) == answer.estimate.needs_bytes
    assert terms["kv_cache"] == 32768 * 32 * 8 * 256 * 34 // 32


def test_names_slugs_and_aliases_all_lead_to_the_same_question(client, llama, card):
    Alias.objects.create(fact_type="hardware", alias="the big one", target_uid=card.uid)

    for asked in (
        "model=Llama+3.1+8B+Instruct&hardware=GeForce+RTX+4090",
        "model=llama-3.1-8b-instruct&hardware=the+big+one",
    ):
        assert answer_of(client, f"{PATH}?{asked}").asked.query() == (
            "model=llama-3-1-8b-instruct&hardware=rtx-4090"
        )


@pytest.mark.parametrize(
    ("parameter", "reason"),
    [
        ("context=abc", "Enter a whole number."),
        ("context=0", "Ensure this value is greater than or equal to 1."),
        ("count=1000", "Give a number from 1 to 64."),
        ("cache=q9", "No cache type"),
        ("engine=nothing", "is no engine that the estimator has rules for."),
        ("version=%3Cscript%3E", "Write a version as"),
        ("quantization=Q99", "Q99"),
        ("hardware=rtx-4091", "is no hardware of the catalogue. Did you mean"),
        ("split=sideways", "not one of the available choices"),
        ("colour=blue", "This page asks no such thing."),
    ],
)
def test_what_means_nothing_is_named_and_left_out(
    client, llama, card, parameter, reason
):
    words = words_of(client.get(f"{ASKED}&{parameter}"))

    assert "Ignored: the page is shown without this." in words
    assert reason in words
    assert "Runs, comfortable." in words


def test_parameters_of_other_sites_are_passed_over_in_silence(client, llama, card):
    assert "Ignored" not in words_of(client.get(f"{ASKED}&utm_source=elsewhere"))


def test_the_table_holds_the_numbers_of_the_bar(client, llama, card):
    answer = answer_of(client, ASKED)

    (bar,) = answer.bars
    assert [segment.key for segment in bar.segments] == [
        *("weights", "cache", "buffers", "overhead", "headroom", "kept")
    ]
    assert sum(segment.width for segment in bar.segments) == pytest.approx(1000)
    on_card = {line.key: line.sizes[0] for line in answer.lines}
    assert on_card == {segment.key: segment.size for segment in bar.segments}


def test_a_server_engine_shows_what_it_reserves_beyond_the_need(client, llama, card):
    answer = answer_of(client, f"{ASKED}&engine=vllm")

    assert answer.estimate.reserves_bytes > answer.estimate.needs_bytes
    assert "reserve" in [segment.key for segment in answer.bars[0].segments]
    assert "--max-model-len 8192" in answer.command.text


def test_what_does_not_fit_offers_the_nearest_things_that_do(client, llama, card):
    make_large_llama()
    make_card("RTX PRO 6000", slug="rtx-pro-6000", memory_bytes=96 * GIB)

    answer = answer_of(client, f"{LARGE}&ram=8")

    assert str(answer.estimate.fit) == "does not fit"
    assert answer.command is None
    offered = {each.words: each.fit for each in answer.variations}
    assert offered["RTX PRO 6000"] == "comfortable"
    assert offered["two GeForce RTX 4090"] in ("tight", "needs offload", "does not fit")
    assert answer.variations[0].fit in ("comfortable", "tight")


def test_each_way_on_leads_to_the_answer_that_it_promises(client, llama, card):
    make_large_llama()

    answer = answer_of(client, LARGE)

    assert answer.variations
    for each in answer.variations:
        there = answer_of(client, f"{PATH}?{each.query}")
        assert str(there.estimate.fit) == each.fit


def test_offload_has_a_bar_for_host_memory_and_flags_to_copy(client, llama, card):
    make_large_llama()

    answer = answer_of(client, LARGE)

    assert [bar.name for bar in answer.bars] == ["GeForce RTX 4090", "Host memory"]
    assert re.search(r"--n-gpu-layers \d+", answer.command.text)


def test_choices_of_context_say_whether_they_would_fit(client, llama):
    make_small_card()

    response = client.get(f"{PATH}?model=llama-3-1-8b-instruct&hardware=rtx-3060")

    contexts = {
        each.label: each.fit for each in response.context["options"]["contexts"]
    }
    assert contexts["8k"] == "comfortable"
    assert contexts["128k"] not in ("comfortable", "tight")


def test_a_measured_row_of_the_set_up_wins_and_is_listed_first(client, card):
    engine = make_engine("llama.cpp", slug="llama-cpp")
    llama = make_llama()
    other = make_measured(llama, card, engine, quantization="Q8_0")
    row = make_measured(llama, card, engine, decode_tokens_per_second=131)

    response = client.get(ASKED)

    answer = response.context["answer"]
    assert answer.estimate.speeds.evidence == "measured"
    assert [each.url for each in answer.near] == [
        row.get_absolute_url(),
        other.get_absolute_url(),
    ]
    assert answer.near[0].nearness == "this set-up"
    assert answer.near[1].nearness == "another quantisation"
    assert "was measured to write" in words_of(response)


def test_an_unknown_architecture_is_unknown_with_its_reason(client, card):
    make_engine("llama.cpp", slug="llama-cpp")
    make_ai_model("Bare", slug="bare")

    words = words_of(client.get(f"{PATH}?model=bare&hardware=rtx-4090"))

    assert "Unknown. Because its layers are not in the catalogue." in words
    assert "0.0 of" not in words


def test_every_term_is_printed_with_rule_inputs_error_and_source(client, llama, card):
    answer = answer_of(client, ASKED)

    cache = next(term for term in answer.terms if term.name == "KV cache")
    assert cache.rule.startswith("F7")
    assert ("layers of full attention", "32 × 8 KV heads × (128 + 128)") in cache.inputs
    assert cache.sources[0].startswith("https://")
    assert cache.error.startswith("±")


def test_windows_and_caches_are_in_the_command(client, llama, card):
    answer = answer_of(client, f"{ASKED}&os=windows&cache=q8_0&parallel=4")

    assert answer.command.text.startswith("llama-server.exe ")
    assert "-ctk q8_0 -ctv q8_0" in answer.command.text
    assert "-np 4" in answer.command.text
    assert "Not tested by us." in words_of(client.get(f"{ASKED}&os=windows"))


def test_unified_memory_is_as_large_as_the_reader_says(client, llama):
    make_hardware(
        "Apple M4",
        slug="apple-m4",
        kind="apple_soc",
        has_unified_memory=True,
        memory_bytes=32 * GIB,
    )

    path = f"{PATH}?model=llama-3-1-8b-instruct&hardware=apple-m4&ram=16"
    answer = answer_of(client, path)

    assert answer.bars[0].capacity == "16.0"
    assert answer.settled.operating_system == "macos"


def test_an_empty_question_offers_what_is_measured_most(client, card):
    engine = make_engine("llama.cpp", slug="llama-cpp")
    make_measured(make_llama(), card, engine)

    response = client.get(PATH)

    points = response.context["starting_points"]
    assert [point.words for point in points] == [
        "Llama 3.1 8B Instruct on GeForce RTX 4090"
    ]
    assert answer_of(client, f"{PATH}?{points[0].query}") is not None


def test_only_the_empty_question_and_single_answers_are_for_search_engines(
    client, llama, card
):
    own = "/will-it-run/rtx-4090/llama-3-1-8b-instruct/"

    assert b"noindex" not in client.get(PATH).content
    assert b"noindex" in client.get(ASKED).content
    assert client.get(ASKED).context["canonical_url"].endswith(own)
    assert b"noindex" not in client.get(own).content
    assert client.get(own).context["canonical_url"].endswith(own)


def test_the_page_is_cached_without_a_cookie(client, llama, card):
    response = client.get(ASKED)

    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    again = client.get(ASKED, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_htmx_gets_the_short_address_for_the_bar(client, llama, card):
    path = f"{PATH}?model=Llama+3.1+8B+Instruct&hardware=rtx-4090&count=1"

    response = client.get(path, headers={"HX-Request": "true"})

    assert response["HX-Push-Url"] == ASKED


def test_the_number_of_statements_does_not_grow(
    client, llama, card, django_assert_max_num_queries
):
    for number in range(5):
        make_llama(f"Other {number}", slug=f"other-{number}")
        make_card(f"Card {number}", slug=f"card-{number}")

    with django_assert_max_num_queries(17):
        client.get(ASKED)


def test_one_answer_has_a_page_that_old_names_lead_to(client, llama, card):
    own = "/will-it-run/rtx-4090/llama-3-1-8b-instruct/"

    response = client.get("/will-it-run/rtx-4090/llama-3.1-8b-instruct/")

    assert response.status_code == 301
    assert response["Location"] == own
    assert client.get("/will-it-run/rtx-4090/nothing/").status_code == 404
