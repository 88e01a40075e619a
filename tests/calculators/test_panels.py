"""Chips on the pages of hardware and models."""

import pytest

from tests.calculators.factories import (
    make_card,
    make_large_llama,
    make_llama,
    make_measured,
    make_small_card,
)
from tests.catalog.factories import make_ai_model, make_engine, make_support_cell
from tests.page_words import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine():
    return make_engine("llama.cpp", slug="llama-cpp")


def panel_of(client, path, anchor):
    panels = client.get(path).context["panels"]
    return next((panel for panel in panels if panel.anchor == anchor), None)


def test_hardware_names_what_runs_on_it(client, engine):
    card, llama, large = make_card(), make_llama(), make_large_llama()
    make_measured(llama, card, engine)
    make_measured(large, card, engine)

    panel = panel_of(client, "/hardware/rtx-4090/", "runs")

    names = {
        title: [line.name for line in lines] for title, lines in panel.context["groups"]
    }
    assert names == {
        "Comfortable": ["Llama 3.1 8B Instruct"],
        "Needs offload": ["Llama 3.1 70B"],
    }


def test_hardware_without_a_measured_model_has_no_panel(client, engine):
    make_card()
    make_llama()

    assert panel_of(client, "/hardware/rtx-4090/", "runs") is None


def test_a_model_says_what_it_needs_and_the_smallest_card(client, engine):
    make_card()
    make_small_card()
    llama = make_llama()

    panel = panel_of(client, f"/models/{llama.slug}/", "needs")

    needs = {need.quantization: need for need in panel.context["needs"]}
    assert needs["Q4_K_M"].card == "GeForce RTX 3060"
    assert needs["F16"].card == "GeForce RTX 4090"
    answer = client.get(needs["F16"].href).context["answer"]
    assert answer.figures[0].value == needs["F16"].needs


def test_an_unknown_model_says_why(client, engine):
    make_ai_model("Bare", slug="bare")

    words = words_of(client.get("/models/bare/"))

    assert "Unknown, because its layers are not in the catalogue." in words


def test_the_pages_of_facts_take_a_bounded_number_of_statements(
    client, engine, django_assert_max_num_queries
):
    card = make_card()
    for number in range(6):
        model = make_llama(f"Model {number}", slug=f"model-{number}")
        make_measured(model, card, engine)

    with django_assert_max_num_queries(13):
        client.get("/hardware/rtx-4090/")
    with django_assert_max_num_queries(12):
        client.get("/models/model-1/")


def test_an_engine_that_does_not_drive_the_hardware_is_named(client, engine):
    make_card()
    make_llama()
    vllm = make_engine("vLLM", slug="vllm")
    make_support_cell(vllm, axis="backend", key="nvidia_cuda", value="no")
    path = "/will-it-run/?model=llama-3-1-8b-instruct&hardware=rtx-4090"

    assert "vLLM does not support NVIDIA CUDA" in words_of(
        client.get(f"{path}&engine=vllm")
    )
    assert "Check the engine first" not in words_of(client.get(path))


def test_the_line_for_the_own_machine_is_a_short_answer(client, engine):
    make_card()
    make_llama()

    line = client.get(
        "/will-it-run/rtx-4090/llama-3-1-8b-instruct/line.json?count=2"
    ).json()

    assert line["fit"] == "comfortable"
    assert line["href"].endswith("/rtx-4090/llama-3-1-8b-instruct/?count=2")
    missing = client.get("/will-it-run/rtx-4090/nothing/line.json")
    assert missing.status_code == 404


def test_the_map_of_the_site_names_machines_models_and_measured_pairs(client, engine):
    make_measured(make_llama(), make_card(), engine)

    content = client.get("/sitemap.xml").content.decode()

    for path in (
        "/will-it-run/",
        "/will-it-run/rtx-4090/",
        "/will-it-run/model/llama-3-1-8b-instruct/",
        "/will-it-run/rtx-4090/llama-3-1-8b-instruct/",
    ):
        assert f"{path}</loc>" in content
