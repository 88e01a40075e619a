"""`manage.py estimate`, for a person and for a file."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Alias
from tests.catalog.factories import make_ai_model, make_hardware, make_model_file

pytestmark = pytest.mark.django_db
TERMS = {"weights", "kv_cache", "recurrent_state", "compute_buffer", "overhead"}


@pytest.fixture
def llama():
    return make_ai_model(
        "Llama 3.1 8B Instruct",
        slug="llama-3-1-8b-instruct",
        layers=32,
        hidden_size=4096,
        attention_heads=32,
        kv_heads=8,
        head_dim=128,
        vocabulary_size=128256,
        has_tied_embeddings=False,
        context_window_tokens=131072,
    )


@pytest.fixture
def card():
    return make_hardware("RTX 4090", slug="rtx-4090")


def asked(**values):
    defaults = {
        "id": 1,
        "model": "llama-3.1-8b-instruct",
        "quantization": "Q4_K_M",
        "engine": "llama-cpp",
        "hardware": "rtx-4090",
        "context_tokens": 8192,
    }
    return {**defaults, **values}


def batch(monkeypatch, *lines):
    text = "\n".join(
        line if isinstance(line, str) else json.dumps(line) for line in lines
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(text + "\n"))
    output = io.StringIO()
    call_command("estimate", "--batch", stdout=output)
    return [json.loads(line) for line in output.getvalue().splitlines()]


def test_a_batch_answers_in_the_agreed_shape(monkeypatch, llama, card):
    (answer,) = batch(monkeypatch, asked())

    assert list(answer) == [
        *("id", "fit", "needs_bytes", "reserves_bytes", "terms"),
        *("decode_tokens_per_second", "prefill_tokens_per_second"),
        *("evidence", "reasons"),
    ]
    assert answer["fit"] == "comfortable"
    assert set(answer["terms"]) == TERMS
    assert sum(answer["terms"].values()) == answer["needs_bytes"]
    assert answer["terms"]["kv_cache"] == 2**30


def test_a_batch_goes_on_after_lines_that_cannot_be_answered(monkeypatch, llama, card):
    answers = batch(
        monkeypatch,
        asked(id="a", model="lama-3-1-8b-instruct"),
        "no json",
        "[1]",
        asked(id="b", hardware="rtx-9090"),
        asked(id="c", engine="abacus"),
        asked(id="d", quantization="Q99"),
        asked(id="e", kv_cache_type="q7"),
        asked(id="f", context_tokens="many"),
        asked(id="g", context_tokens=-1),
        asked(id="h", surprise=1),
        {"id": "i"},
        asked(id="z"),
    )

    assert [answer["id"] for answer in answers[3:]] == list("bcdefghi") + ["z"]
    assert all(set(answer) == {"id", "error"} for answer in answers[:-1])
    assert "Did you mean llama-3-1-8b-instruct?" in answers[0]["error"]
    assert not any("line could not" in answer.get("error", "") for answer in answers)
    assert answers[-1]["fit"] == "comfortable"


def test_dotted_slugs_and_aliases_lead_to_the_same_answer(monkeypatch, llama, card):
    Alias.objects.create(fact_type="model", alias="llama-3-1-8b", target_uid=llama.uid)
    Alias.objects.create(fact_type="hardware", alias="nvidia-4090", target_uid=card.uid)

    answers = batch(
        monkeypatch,
        asked(),
        asked(model="llama-3.1-8b", hardware="nvidia-4090"),
        asked(model="Llama-3.1-8B-Instruct", hardware="RTX-4090"),
    )

    assert answers[0] == answers[1] == answers[2]


def test_an_exact_file_wins_and_a_given_size_wins_over_it(monkeypatch, llama, card):
    make_model_file(llama, size_bytes=4_920_734_272, printed_size=4_920_734_272)

    found, given = batch(monkeypatch, asked(), asked(weights_bytes=5_000_000_000))

    assert found["terms"]["weights"] == 4_920_734_272
    assert given["terms"]["weights"] == 5_000_000_000


def test_a_rounded_size_gives_way_to_a_rule_that_agrees(monkeypatch, llama, card):
    values = {"printed_unit": "GB", "printed_size": 5, "size_bytes": 5 * 10**9}
    make_model_file(llama, publisher="ollama", **values)

    (answer,) = batch(monkeypatch, asked())

    assert answer["terms"]["weights"] == pytest.approx(4.913e9, rel=0.001)


def test_a_rounded_size_stands_where_the_rule_is_off(monkeypatch, llama, card):
    values = {"printed_unit": "GB", "printed_size": 7, "size_bytes": 7 * 10**9}
    make_model_file(llama, publisher="someone", **values)

    (answer,) = batch(monkeypatch, asked())

    assert answer["terms"]["weights"] == 7 * 10**9


def test_names_are_looked_up_once_for_a_whole_batch(
    monkeypatch, llama, card, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):
        answers = batch(monkeypatch, *(asked(id=number) for number in range(20)))

    assert len(answers) == 20


def test_a_person_reads_the_answer_and_the_working(llama, card):
    output = io.StringIO()

    options = ["--model", "llama-3.1-8b-instruct", "--quantization", "Q4_K_M"]
    options += ["--hardware", "rtx-4090", "--engine", "vllm", "--context", "8192"]
    call_command("estimate", *options, stdout=output)

    text = output.getvalue()
    assert text.startswith("Fit: comfortable at 8,192 tokens of context.")
    assert "Will reserve" in text and "F7 Cache of full attention" in text


def test_json_names_formula_inputs_and_sources_of_each_term(llama, card):
    output = io.StringIO()

    options = ["--model", "llama-3.1-8b-instruct", "--quantization", "Q4_K_M"]
    options += ["--hardware", "rtx-4090", "--engine", "llama-cpp", "--json"]
    call_command("estimate", *options, stdout=output)

    document = json.loads(output.getvalue())
    assert {row["term"] for row in document["explanation"]} == TERMS
    assert all(row["sources"] for row in document["explanation"])
    assert document["largest_context_tokens"] == 131072


def test_what_is_missing_is_said(llama, card):
    with pytest.raises(CommandError, match="Give --model"):
        call_command("estimate")
