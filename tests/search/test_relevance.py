"""What readers type finds what they mean first, on the shipped data set."""

import pytest

from editorial.search.finding import search, suggest
from editorial.search.index import check

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_data_set")]


def first(text):
    """The best hit of the best group: its kind and its name."""
    hit = search(text).groups[0].hits[0]
    return hit.kind, hit.name


def names(text, kind):
    (group,) = search(text, kinds=[kind], limit=20).groups
    return [hit.name for hit in group.hits]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("4090", "hardware", "NVIDIA GeForce RTX 4090"),
        ("rtx4090", "hardware", "NVIDIA GeForce RTX 4090"),
        ("RTX-4090", "hardware", "NVIDIA GeForce RTX 4090"),
        ("geforce 4090", "hardware", "NVIDIA GeForce RTX 4090"),
        ("m4 max", "hardware", "Apple M4 Max"),
        ("M4Max", "hardware", "Apple M4 Max"),
        ("mi300x", "hardware", "AMD Radeon Instinct MI300X"),
        ("llama3", "model", "Llama 3 70B Instruct"),
        ("llama 3 8b", "model", "Llama 3 8B Instruct"),
        ("meta llama 3 8b", "model", "Llama 3 8B Instruct"),
        ("qwen2.5-7b", "model", "Qwen2.5 7B Instruct"),
        ("qwen 2.5 7b", "model", "Qwen2.5 7B Instruct"),
        ("deepseek r1", "model", "DeepSeek-R1"),
        ("gpt-oss 20b", "model", "gpt-oss 20B"),
        ("vllm", "engine", "vLLM"),
        ("llama.cpp", "engine", "llama.cpp"),
        ("llamacpp", "engine", "llama.cpp"),
        ("LLAMA CPP", "engine", "llama.cpp"),
        ("tensorrt", "engine", "TensorRT-LLM"),
        ("kobold cpp", "engine", "KoboldCpp"),
    ],
)
def test_a_name_in_any_spelling_finds_its_row_first(text, kind, name):
    assert first(text) == (kind, name)


@pytest.mark.parametrize(
    "text", ["llama 3 8b q4", "llama-3-8b-q4", "llama 3 8b q4_k_m", "llama3 8b q4km"]
)
def test_a_model_with_a_quantisation_finds_its_files_first(text):
    kind, name = first(text)

    assert kind == "file"
    assert name.startswith("Llama 3 8B Instruct Q4")


def test_a_quantisation_alone_finds_files_of_it_first():
    kind, name = first("Q4_K_M")

    assert kind == "file"
    assert name.endswith("Q4_K_M")


def test_a_generation_comes_before_the_next():
    found = names("llama 3 8b", "model")

    assert found.index("Llama 3 8B Instruct") < found.index("Llama 3.1 8B Instruct")


def test_the_card_itself_comes_before_its_relatives():
    relatives = ["NVIDIA GeForce RTX 4090 D", "NVIDIA GeForce RTX 4090 Laptop GPU"]

    assert names("4090", "hardware") == ["NVIDIA GeForce RTX 4090", *relatives]


def test_a_model_on_a_card_finds_its_measured_set_ups():
    (group,) = search("llama 3 8b on rtx 4090", kinds=["setup"]).groups

    assert group.hits
    for hit in group.hits:
        assert "RTX 4090" in hit.name
        assert "hardware=rtx-4090" in hit.url


def test_a_set_up_leads_to_a_list_that_shows_its_rows(client):
    for text in ("llama 3 8b on rtx 4090", "a100 80gb transformers", "qwen m4 pro"):
        (group,) = search(text, kinds=["setup"]).groups
        for hit in group.hits:
            assert client.get(hit.url).context["page"].records, hit.url


def test_what_an_engine_supports_finds_it():
    assert {"llama.cpp", "Ollama"} <= set(names("gguf windows", "engine"))


def test_an_alias_of_another_data_set_finds_the_row():
    assert names("amd-instinct-mi300x", "hardware") == ["AMD Radeon Instinct MI300X"]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("gefor", "hardware", "NVIDIA GeForce"),
        ("rtx 40", "hardware", "NVIDIA GeForce RTX 40"),
        ("olla", "engine", "Ollama"),
        ("qwen2.5-7", "model", "Qwen2.5 7B Instruct"),
    ],
)
def test_the_last_word_may_be_unfinished(text, kind, name):
    _, hits = suggest(text)

    assert hits[0].kind == kind
    assert hits[0].name.startswith(name)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("qwin", "qwen"),
        ("gefroce 4090", "geforce 4090"),
        ("ollma", "ollama"),
        ("Mistrall 7b", "mistral 7b"),
        ("lama.cpp", "llama.cpp"),
        ("deepsek r1", "deepseek r1"),
    ],
)
def test_a_slip_is_answered_with_what_was_meant(text, meant):
    assert search(text).suggestion == meant


@pytest.mark.parametrize("text", ["4090", "qwen", "vllm", "zzyzxq", "4091"])
def test_no_other_words_are_offered_where_none_are_better(text):
    assert search(text).suggestion == ""


def test_where_nothing_has_all_words_some_of_them_do():
    results = search("geforce 4090 quokka")

    assert results.is_partial
    assert results.groups[0].hits[0].name == "NVIDIA GeForce RTX 4090"


def test_the_whole_index_says_what_the_rows_say():
    assert [repair for repair in check() if not repair.is_in_order] == []
