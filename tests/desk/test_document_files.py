"""Documents leave the desk as files, and come back as drafts only."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from comparisons.models import Comparison, Verdict
from editorial.models import EditorialEvent, Publication
from editorial.registry import document_kind
from tests.catalog.factories import make_engine
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
    make_verdict,
)
from tests.editorial.factories import make_person, make_writer

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def writer(client):
    person = make_writer("ada")
    client.force_login(person)
    return person


def url(model, view):
    return reverse(f"admin:comparisons_{model._meta.model_name}_{view}")


def exported(client, model, query=""):
    return json.loads(client.get(url(model, "export") + query).content)


def send(client, model, data, name="texts.json"):
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    file = SimpleUploadedFile(name, content)
    return client.post(url(model, "import"), {"file": file})


def confirm(client, model, page):
    return client.post(url(model, "import"), page.context["form"].initial)


@pytest.mark.parametrize("make", [make_comparison, make_verdict])
def test_an_export_that_is_sent_back_changes_nothing(client, writer, make):
    document = make()
    model = type(document)

    page = send(client, model, exported(client, model))

    (plan,) = page.context["plan"].documents
    assert (plan.is_new, plan.changes, plan.refusal) == (False, [], "")
    assert not page.context["plan"].is_possible


def test_other_words_are_shown_then_written_to_the_working_copy_only(client, writer):
    comparison = make_published_comparison(thesis="Old words here.")
    live = Publication.objects.values().get()
    data = exported(client, Comparison)
    data["documents"][0]["thesis"] = "New words here."

    page = send(client, Comparison, data)
    assert "<del>Old </del><ins>New </ins>" in page.content.decode()
    comparison.refresh_from_db()
    assert comparison.thesis == "Old words here."
    confirm(client, Comparison, page)

    comparison.refresh_from_db()
    assert (comparison.thesis, comparison.review_state) == ("New words here.", "draft")
    assert Publication.objects.values().get() == live
    event = EditorialEvent.objects.of_action("restore").get()
    assert (event.actor, event.note) == (writer, "Imported from texts.json.")


def test_a_document_that_is_not_here_becomes_a_new_draft(client, writer):
    comparison = make_comparison()
    data = exported(client, Comparison)
    frozen = document_kind("comparison").freeze(comparison)
    comparison.delete()

    confirm(client, Comparison, send(client, Comparison, data))

    again = Comparison.objects.get()
    assert document_kind("comparison").freeze(again) == frozen
    assert again.review_state == "draft"
    assert not Publication.objects.exists()


def test_the_form_of_the_shipped_documents_is_read_too(client, writer):
    make_engine(name="vLLM")
    path = ROOT / "content/verdicts/engine-vllm/1.yaml"

    confirm(client, Verdict, send(client, Verdict, path.read_bytes(), "1.yaml"))

    assert Verdict.objects.get().engine.name == "vLLM"


def test_an_unfinished_text_comes_back_unfinished(client, writer):
    comparison = make_comparison(thesis="", verdict="", verified_on=None)
    data = exported(client, Comparison)
    comparison.delete()

    confirm(client, Comparison, send(client, Comparison, data))

    assert Comparison.objects.get().thesis == ""


def test_a_text_that_was_saved_since_is_looked_at_again(client, writer):
    comparison = make_comparison()
    data = exported(client, Comparison)
    data["documents"][0]["thesis"] = "New words here."
    page = send(client, Comparison, data)
    comparison.working_digest = "0" * 64
    comparison.save()

    again = confirm(client, Comparison, page)

    assert "have changed since you looked" in again.content.decode()
    comparison.refresh_from_db()
    assert comparison.thesis != "New words here."


def test_only_what_the_list_shows_is_exported(client, writer):
    make_comparison(title="Alpha vs Beta")
    make_comparison(title="Gamma vs Delta")

    found = exported(client, Comparison, "?q=Gamma")["documents"]

    assert [body["title"] for body in found] == ["Gamma vs Delta"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff", "not UTF-8"),
        (b"{", "neither JSON nor YAML"),
        (b"a: &a 1\nb: *a\n", "references"),
        (b"[]", "1 to 20 documents"),
        (b'{"kind": "verdict"}', "is not a comparison"),
        (b'{"kind": "comparison"}', "is missing"),
        (b'{"kind": "comparison", "schema": 999}', "newer than"),
        (b'{"kind": "comparison", "schema": 1}', "Document 1"),
        (b"x" * 1_000_001, "larger than 1000 KB"),
    ],
)
def test_a_file_that_holds_no_document_gets_a_sentence(
    client, writer, content, sentence
):
    page = send(client, Comparison, content)

    assert sentence in str(page.context["form"].errors["file"])


def test_what_does_not_fit_is_refused_and_nothing_is_written(client, writer):
    comparison = make_comparison()
    data = exported(client, Comparison)
    body = data["documents"][0]
    body["slug"] = "No slug at all"
    body["uid"] = "00000000-0000-0000-0000-000000000001"
    comparison.delete()

    page = send(client, Comparison, data)

    assert "Slug" in page.context["plan"].documents[0].refusal
    confirm(client, Comparison, page)
    assert not Comparison.objects.exists()


def test_who_may_not_write_imports_nothing_and_a_stranger_exports_nothing(client):
    client.force_login(make_person())

    assert client.get(url(Comparison, "export")).status_code == 403
    assert client.get(url(Comparison, "import")).status_code == 403
    assert send(client, Comparison, {}).status_code == 403
