"""The index row is written with what it describes, on every way a row can change."""

import pytest
from django.db import transaction
from django.urls import reverse

from benchmarks.models import Benchmark
from catalog.models import AIModel, Alias, Engine, Hardware, ModelFamily, Vendor
from editorial.models import SearchEntry
from editorial.search.finding import search
from editorial.search.index import rebuild, reindexing
from tests.benchmarks.factories import make_benchmark
from tests.catalog.data_files import copy_few_rows, set_cells
from tests.catalog.factories import (
    make_ai_model,
    make_engine,
    make_hardware,
    make_model_file,
    make_support_cell,
)
from tests.catalog.test_loading import load
from tests.desk.test_document_form import form_data
from tests.editorial.factories import make_person
from tests.search.finding import is_in_order, titles

pytestmark = pytest.mark.django_db

PROOF = {"change_source": "https://example.org/proof | A page | official docs"}


@pytest.fixture
def indexed():
    """A row of every kind, indexed: what the desk changes from here on."""
    engine, chip, model = make_engine("Alpha"), make_hardware("Card"), make_ai_model()
    make_support_cell(engine, key="paged_attention")
    make_model_file(model)
    make_benchmark(
        engine=engine, hardware=chip, ai_model=model, engine_name="alpha-engine"
    )
    rebuild()
    return engine, chip, model


@pytest.fixture
def desk(client):
    """Send a row's form, or press its delete button, as an administrator."""
    client.force_login(make_person(is_superuser=True))

    def act(step, row, /, **fields):
        model = row._meta.label_lower.replace(".", "_")
        url = reverse(f"admin:{model}_{step}", args=[row.pk])
        confirmed = {"post": "yes", "has_read": "on"}
        data = confirmed if step == "delete" else form_data(client, url) | fields
        response = client.post(url, data)
        assert response.status_code == 302, response.context["errors"]

    return act


def test_loading_files_writes_entries_that_a_rebuild_would_write(tmp_path):
    load(copy_few_rows(tmp_path))

    assert titles("4090")[0] == "NVIDIA GeForce RTX 4090"
    assert is_in_order()


def test_loading_changed_files_changes_the_entries(tmp_path):
    directory = copy_few_rows(tmp_path)
    load(directory)
    set_cells(directory / "hardware.csv", "rtx-4090", name="NVIDIA Quokka 4090")

    load(directory)

    assert titles("quokka")[0] == "NVIDIA Quokka 4090"
    assert is_in_order()


def test_loading_the_same_files_again_writes_no_entry(tmp_path):
    directory = copy_few_rows(tmp_path)
    load(directory)
    SearchEntry.objects.update(summary="As it was.")

    load(directory)

    assert not SearchEntry.objects.exclude(summary="As it was.").exists()


def test_a_change_of_very_many_rows_is_written_too(tmp_path, monkeypatch):
    monkeypatch.setattr("editorial.search.index.MOST_SCOPES", 1)

    load(copy_few_rows(tmp_path))

    assert titles("4090")[0] == "NVIDIA GeForce RTX 4090"
    assert is_in_order()


def test_a_load_that_fails_leaves_no_entry(tmp_path):
    load(copy_few_rows(tmp_path), dry_run=True)

    assert not SearchEntry.objects.exists()
    assert titles("4090") == []


def test_what_is_rolled_back_is_not_found():
    chip = make_hardware("Quokka")
    with pytest.raises(RuntimeError), transaction.atomic():
        with reindexing("catalog.Hardware", [chip.uid]):
            Hardware.objects.filter(pk=chip.pk).update(name="Wombat")
        assert titles("wombat") == ["Wombat"]
        raise RuntimeError

    assert titles("wombat") == []
    assert not SearchEntry.objects.exists()


def test_a_step_that_fails_changes_no_entry(indexed):
    _, chip, _ = indexed

    with pytest.raises(RuntimeError), reindexing("catalog.Hardware", [chip.uid]):
        Hardware.objects.filter(pk=chip.pk).update(name="Wombat")
        raise RuntimeError

    assert titles("wombat") == []
    assert is_in_order()


@pytest.mark.parametrize("model", [Engine, Hardware, AIModel, Vendor, ModelFamily])
def test_a_name_changed_in_the_desk_is_found_under_its_new_name(desk, indexed, model):
    desk("change", model.objects.first(), name="Quokka", **PROOF)

    assert titles("quokka")
    assert is_in_order()


def test_an_alias_leads_to_its_row_until_it_is_deleted(desk, indexed):
    _, chip, _ = indexed
    alias = Alias.objects.create(fact_type="hardware", alias="old", target_uid=chip.uid)
    desk("change", alias, alias="quokka")
    assert titles("quokka") == ["Card"]

    desk("delete", alias)

    assert titles("quokka") == []
    assert is_in_order()


def test_an_alias_that_moves_leaves_the_row_it_led_to(desk, indexed):
    _, chip, _ = indexed
    other = make_hardware("Other")
    alias = Alias.objects.create(
        fact_type="hardware", alias="quokka", target_uid=chip.uid
    )
    rebuild()

    desk("change", alias, target_uid=str(other.uid))

    assert titles("quokka") == ["Other"]
    assert is_in_order()


def test_a_new_row_made_in_the_desk_is_found(client, desk):
    vendor = Vendor.objects.create(name="Maker", slug="maker")
    url = reverse("admin:catalog_modelfamily_add")
    client.post(url, {"name": "Wombats", "slug": "wombats"})
    family = ModelFamily.objects.get()
    model = make_ai_model("Wombat 7B", vendor=vendor, family=family)

    desk("change", model, **PROOF)

    assert titles("wombat") == ["Wombat 7B"]
    assert titles("wombats maker") == ["Wombat 7B"]


@pytest.mark.parametrize(
    "model", [Engine, Hardware, AIModel, Benchmark], ids=lambda model: model.__name__
)
def test_a_row_deleted_in_the_desk_is_no_longer_found(desk, indexed, model):
    row = model.objects.get()

    desk("delete", row)

    assert not SearchEntry.objects.filter(key=str(row.uid)).exists()
    assert is_in_order()


def test_rows_deleted_from_a_list_are_no_longer_found(client, desk, indexed):
    _, chip, _ = indexed
    alias = Alias.objects.create(
        fact_type="hardware", alias="wombat", target_uid=chip.uid
    )
    rebuild()
    assert titles("wombat") == ["Card"]
    data = {"action": "delete_selected", "_selected_action": alias.pk, "post": "yes"}

    client.post(reverse("admin:catalog_alias_changelist"), data)

    assert not Alias.objects.exists()
    assert titles("wombat") == []
    assert is_in_order()


def test_a_file_deleted_on_its_models_page_is_no_longer_found(desk, indexed):
    _, _, model = indexed
    assert titles("Q4_K_M", kinds=["file"])

    desk("change", model, **{"files-0-DELETE": "on"})

    assert titles("Q4_K_M", kinds=["file"]) == []
    assert is_in_order()


def test_a_cell_of_an_engine_is_a_word_under_which_it_is_found(desk, indexed):
    engine, *_ = indexed
    cell = engine.cells.get()
    assert titles("paged attention", kinds=["engine"]) == ["Alpha"]

    desk("change", cell, value="no", **PROOF)

    assert titles("paged attention", kinds=["engine"]) == []
    assert is_in_order()


def test_a_measurement_that_moves_takes_its_set_up_along(desk, indexed):
    row = Benchmark.objects.get()

    desk("change", row, quantization="Q8_0", **PROOF)

    (title,) = titles("Card", kinds=["setup"])
    assert "Q8_0" in title
    assert is_in_order()


def test_a_measurement_that_is_not_public_is_not_found(desk, indexed):
    row = Benchmark.objects.get()

    desk("change", row, state="withdrawn", **PROOF)

    assert titles("Card", kinds=["setup"]) == []
    assert is_in_order()


def test_a_set_up_leads_to_its_rows_by_its_links(indexed):
    (hit,) = search("alpha card", kinds=["setup"]).groups[0].hits

    assert hit.url == (
        f"/benchmarks/?model={AIModel.objects.get().slug}&hardware=card&engine=alpha"
        "&quantization=Q4_K_M&old=yes"
    )


def test_a_set_up_without_links_is_searched_by_its_names():
    make_benchmark()
    rebuild()

    (hit,) = search("a model a card", kinds=["setup"]).groups[0].hits

    assert hit.url == (
        "/benchmarks/?quantization=Q4_K_M&q=A+Model+A+Card+an-engine&old=yes"
    )


def test_a_set_up_of_doubtful_rows_says_so_and_leads_to_them(client):
    make_benchmark(is_doubtful=True)
    rebuild()

    (hit,) = search("a model a card", kinds=["setup"]).groups[0].hits

    assert hit.url.endswith("&doubtful=yes")
    assert "doubtful" in "".join(piece.text for piece in hit.summary)
    assert "A Model" in client.get(hit.url).content.decode()
