"""A model in words: architecture, licence, summary."""

import datetime

import pytest

from catalog.details.ai_models import model_figures, model_summary
from catalog.details.architecture import architecture_words
from catalog.details.licences import LICENCES, licence_note
from tests.catalog.factories import make_ai_model, make_model_file
from tests.catalog.unsaved import model


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
    assert note.is_text


def test_a_licence_without_a_sure_address_links_to_the_repository():
    note = licence_note(model(license="qwen"))

    assert note.permits
    assert (note.url, note.is_text) == ("https://huggingface.co/maker/model", False)


def test_a_licence_that_nobody_read_is_named_and_not_summed_up():
    note = licence_note(model(license="kimi-k3"))

    assert (note.id, note.permits, note.conditions) == ("kimi-k3", "", ())


@pytest.mark.parametrize("name", ["", "unknown"])
def test_no_licence_is_no_note(name):
    assert licence_note(model(license=name)) is None


@pytest.mark.parametrize(
    ("use", "licences"),
    [("no", ["mrl", "cc-by-nc-4.0", "qwen-research"]), ("yes", ["mit", "apache-2.0"])],
)
def test_a_licence_agrees_with_what_the_row_says_of_commerce(use, licences):
    forbids = [
        "not commercially" in LICENCES[name].permits
        or "No commercial" in LICENCES[name].permits
        for name in licences
    ]

    assert set(forbids) == {use == "no"}


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
