"""A model in words: architecture, licence, summary."""

import csv
import datetime
import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from catalog.details.ai_models import model_figures, model_summary
from catalog.details.architecture import architecture_words
from catalog.details.licences import LICENCES, NAMES, OF_ONE_MODEL, licence_note
from tests.catalog.factories import make_ai_model, make_model_file
from tests.catalog.unsaved import model


def rows_of_the_data_set():
    with (settings.BASE_DIR / "data" / "models.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def words(**values):
    return " ".join(architecture_words(model(**values)))


def test_a_dense_model_uses_everything_for_every_token():
    assert words() == "Dense: every token passes through all 8.03 billion parameters."


def test_a_mixture_says_what_memory_and_what_speed_follow():
    text = words(
        architecture="moe",
        total_parameters=30_500_000_000,
        active_parameters=3_300_000_000,
    )

    assert text == (
        "Mixture of experts: each token uses 3.3 of 30.5 billion parameters. Memory "
        "follows the total, speed the active part."
    )


def test_active_parameters_that_nobody_knows_are_not_called_all():
    assert "not known" in words(architecture="moe", active_parameters=None)


@pytest.mark.parametrize(
    ("heads", "kv_heads", "sentence"),
    [
        (32, 8, "32 attention heads share 8 sets of keys and values."),
        (32, 32, "32 attention heads, each with keys and values of its own."),
        (71, 1, "71 attention heads share one set of keys and values."),
    ],
)
def test_heads_that_share_keys_and_values_say_so(heads, kv_heads, sentence):
    assert sentence in words(attention_heads=heads, kv_heads=kv_heads)


def test_heads_are_left_out_where_one_number_is_missing():
    assert "heads" not in words(attention_heads=32)


def test_latent_attention_names_its_vector():
    text = words(architecture="mla", kv_lora_rank=512, qk_rope_head_dim=64)

    assert "one vector of 512 and 64 rotary values" in text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"sliding_window_tokens": 1024, "global_layer_every_n": 6},
            "Every 6th layer attends to the whole text, the others to the last "
            "1\u202f024 tokens.",
        ),
        (
            {"sliding_window_tokens": 4096},
            "Every layer attends to the last 4\u202f096 tokens.",
        ),
        ({"global_layer_every_n": 4}, "window whose size was not seen."),
        (
            {"sliding_window_tokens": 262_145, "context_window_tokens": 131_072},
            "Every layer attends to the whole text.",
        ),
        (
            {"architecture": "hybrid", "global_layer_every_n": 4},
            "Every 4th layer attends to the whole text; the others keep a state of "
            "fixed size.",
        ),
        (
            {"architecture": "hybrid", "notes": "attention layers: 4 of 56 (mbridge)."},
            "4 of 56 layers are attention layers; the others keep a state",
        ),
        (
            {"architecture": "hybrid", "global_layer_every_n": 1},
            "Every layer has attention beside a state of fixed size.",
        ),
        ({"architecture": "hybrid"}, "which ones was not seen."),
    ],
)
def test_a_window_or_a_hybrid_says_which_layers_see_everything(values, sentence):
    assert sentence in words(**values)


def test_a_chunk_is_not_called_a_sliding_window():
    llama_4 = {"slug": "llama-4-scout", "sliding_window_tokens": 8192}

    assert "within chunks of 8\u202f192 tokens" in words(**llama_4)


def test_a_licence_is_told_with_its_conditions_and_text():
    note = licence_note(model(license="llama3.1"))

    assert note.name == "Llama 3.1 community licence"
    assert "700 million" in note.conditions[0]
    assert note.url.endswith("/models/llama3_1/LICENSE")
    assert note.read_on == datetime.date(2026, 11, 25)


def test_a_model_with_a_licence_of_its_own_does_not_show_that_of_its_namesake():
    kimi = model(license="modified-mit", hf_repository="moonshotai/Kimi-K2.5")
    minimax = model(license="modified-mit", hf_repository="MiniMaxAI/MiniMax-M2")

    assert "20 million USD of monthly revenue" in licence_note(kimi).conditions[0]
    assert "30 million USD of yearly" in licence_note(minimax).conditions[0]


@pytest.mark.parametrize(
    ("license_id", "name"),
    [("kimi-k3", "Kimi K3 licence"), ("qwen", "Qwen licence"), ("glm-5.3", "")],
)
def test_a_licence_that_nobody_read_is_named_and_not_summed_up(license_id, name):
    note = licence_note(model(license=license_id))

    assert (note.id, note.name) == (license_id, name)
    assert (note.permits, note.conditions, note.read_on) == ("", (), None)
    assert note.url == "https://huggingface.co/maker/model"


def test_every_licence_summed_up_says_where_and_when_it_was_read():
    for known in (*LICENCES.values(), *OF_ONE_MODEL.values()):
        assert known.permits.endswith(".")
        assert all(condition.endswith(".") for condition in known.conditions)
        assert known.read_on <= datetime.date(2026, 11, 25)
        address = urlsplit(known.url)
        assert address.scheme == "https"
        is_pinned = re.search(r"/blob/[0-9a-f]{40}/", address.path)
        assert is_pinned or address.netloc != "github.com", known.url


def test_every_licence_told_of_is_one_that_a_model_of_the_data_set_has():
    rows = rows_of_the_data_set()

    assert {*LICENCES, *NAMES} <= {row["license"].lower() for row in rows}
    assert set(OF_ONE_MODEL) <= {row["hf_repo"] for row in rows}
    assert not set(LICENCES) & set(NAMES)


def test_the_page_says_when_a_licence_was_read_and_when_nobody_did():
    read = render_to_string(
        "catalog/sections/licence.html",
        {"licence": licence_note(model(license="gemma"))},
    )
    unread = render_to_string(
        "catalog/sections/licence.html",
        {"licence": licence_note(model(license="mnpl-0.1"))},
    )

    assert "25 Nov 2026" in read
    assert "Nobody here has read its text" not in read
    assert "Mistral AI non-production licence" in unread
    assert "Nobody here has read its text" in unread
    assert "https://huggingface.co/maker/model" in unread


@pytest.mark.parametrize("name", ["", "unknown"])
def test_no_licence_is_no_note(name):
    assert licence_note(model(license=name)) is None


def test_a_licence_agrees_with_what_each_row_says_of_commerce():
    for row in rows_of_the_data_set():
        repository, license_id = row["hf_repo"], row["license"]
        note = licence_note(model(license=license_id, hf_repository=repository))
        if note and note.read_on:
            forbids = "No commercial use" in note.permits
            forbids = forbids or "not commercially" in note.permits
            assert forbids is (row["license_allows_commercial"] == "no"), row["slug"]


def test_the_summary_holds_maker_date_size_and_licence():
    text = model_summary(
        model(
            architecture="moe",
            total_parameters=30_500_000_000,
            active_parameters=3_300_000_000,
            released_on=datetime.date(2026, 4, 1),
            released_on_precision="month",
            license="mit",
            commercial_use="yes",
        )
    )

    assert text == (
        "A mixture-of-experts text model by Maker, Apr 2026: 30.5 billion parameters, "
        "3.3 billion at work on each token. MIT licence: commercial use allowed."
    )


@pytest.mark.django_db
def test_only_known_figures_lead_the_page():
    bare = make_ai_model()
    known = make_ai_model(context_window_tokens=131_072)
    make_model_file(known, size_bytes=2_010_000_000)

    assert [figure.display for figure in model_figures(bare)] == ["8.03"]
    assert [figure.display for figure in model_figures(known)] == [
        "8.03",
        "131\u202f072",
        "2.01",
    ]
