"""The list of models: sizes, licences, and what the weights take at four bits."""

import pytest

from tests.catalog.factories import (
    make_ai_model,
    make_model_file,
    make_model_languages,
)

pytestmark = pytest.mark.django_db

PATH = "/models/"
GIGABYTE = 10**9


def page(client, **parameters):
    return client.get(PATH, parameters).context["listing_page"]


def names(client, **parameters):
    return [line.name for line in page(client, **parameters).lines]


def cell(line, name):
    return next(cell for column, cell in line.cells if column.name == name)


def test_parameters_are_asked_in_billions(client):
    make_ai_model("Seven", total_parameters=7_000_000_000)
    make_ai_model("Seventy", total_parameters=70_000_000_000)

    assert names(client, parameters_min=7, parameters_max="7.0") == ["Seven"]


def test_the_four_bit_size_is_the_commonest_kind_of_file_and_exact_before_rounded(
    client,
):
    model = make_ai_model("Model")
    make_model_file(model, quantization="Q4_0", size_bytes=4 * GIGABYTE)
    make_model_file(
        model, size_bytes=4_900_000_000, printed_unit="GB", publisher="rounds"
    )
    make_model_file(model, size_bytes=4_920_739_232, publisher="exact")
    make_model_file(model, quantization="Q8_0", size_bytes=8 * GIGABYTE)

    shown = cell(page(client).lines[0], "four_bit")

    assert (shown.text, list(shown.notes)) == ("4.92", ["Q4_K_M"])
    assert list(shown.tags) == []


def test_the_four_bit_size_that_is_drawn_is_the_one_that_is_sorted_by(client):
    small, large = make_ai_model("Small"), make_ai_model("Large")
    make_model_file(small, quantization="Q4_0", size_bytes=2 * GIGABYTE)
    make_model_file(large, size_bytes=9 * GIGABYTE)
    make_ai_model("Unknown")

    assert names(client, sort="four_bit") == ["Small", "Large", "Unknown"]
    assert names(client, four_bit_max=2) == ["Small"]


def test_a_word_in_the_box_may_name_a_file(client):
    make_model_file(make_ai_model("Llama 3 8B"), quantization="Q4_K_M")
    make_ai_model("Llama 3 70B")

    assert names(client, q="llama q4") == ["Llama 3 8B"]


def test_a_model_without_a_four_bit_file_has_a_dash_and_not_a_guess(client):
    make_ai_model("Model")

    assert cell(page(client).lines[0], "four_bit").text == ""


def test_the_licence_is_a_filter_with_the_words_of_the_source(client):
    make_ai_model("Free", license="apache-2.0", commercial_use="yes")
    make_ai_model("Bound", license="gemma", commercial_use="conditional")
    make_ai_model("Silent", license="")

    assert names(client, licence="gemma") == ["Bound"]
    assert names(client, licence="not-stated") == ["Silent"]
    assert names(client, use=["yes", "conditional"], sort="name") == ["Bound", "Free"]


def test_the_number_of_statements_does_not_grow(client, django_assert_num_queries):
    for _ in range(12):
        model = make_ai_model()
        make_model_file(model)
        make_model_languages(model, "de en")

    # counts, languages, makers of the options, rows, their files
    with django_assert_num_queries(5):
        client.get(f"{PATH}?task=text&language=de&parameters_min=1&sort=four_bit")
