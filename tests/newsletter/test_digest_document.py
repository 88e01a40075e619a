"""An issue as a document: frozen, brought back, checked, read from a file."""

import datetime
import uuid

import pytest
import yaml

from editorial.content import ContentError
from editorial.diffing import changes_between
from editorial.freezing import digest_of, schema_problems
from editorial.models import PublicationReference
from editorial.problems import NotReadyError
from editorial.registry import document_kind
from editorial.review import publication_problems
from editorial.workflow import restore
from newsletter.digest.freezing import freeze_digest
from newsletter.models import DigestIssue
from tests.catalog.factories import make_hardware
from tests.comparisons.factories import publish_document
from tests.editorial.factories import make_publisher, make_source, make_writer
from tests.newsletter.digest_factories import (
    make_issue,
    make_item,
    make_published_issue,
)

pytestmark = pytest.mark.django_db


def sentences(issue):
    return [str(problem) for problem in publication_problems(issue)]


def test_an_issue_that_owes_nothing_can_be_published():
    issue = make_issue()

    assert sentences(issue) == []
    assert publish_document(issue).path == f"/newsletter/archive/{issue.slug}/"


def test_items_are_frozen_group_by_group_in_the_editors_order():
    issue = make_issue(items=0)
    make_item(issue, group="prices", title="P", position=1)
    make_item(issue, group="new", title="B", position=3)
    make_item(issue, group="new", title="A", position=2)

    titles = [item["title"] for item in freeze_digest(issue)["items"]]

    assert titles == ["A", "B", "P"]


def test_what_was_frozen_comes_back_word_for_word():
    issue = make_issue(
        covers_from=datetime.datetime(2026, 10, 1, tzinfo=datetime.UTC),
        covers_until=datetime.datetime(2026, 11, 1, 3, 4, 5, 6, tzinfo=datetime.UTC),
    )
    item = make_item(
        issue, group="added", target_type="engine", target_uid=uuid.uuid4()
    )
    item.sources.add(make_source())
    issue.note_sources.add(make_source())
    before = freeze_digest(issue)
    issue.items.all().delete()
    DigestIssue.objects.update(note="Other.", period="", covers_until=None)

    restore(issue, by=make_writer(), body=before, note="Back.")

    assert freeze_digest(issue) == before
    assert schema_problems(document_kind("digest"), before) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "The title is missing."),
        ({"period": ""}, "Say which month or number this issue is."),
        ({"description": ""}, "The description is missing"),
        ({"description": "Short."}, "The description should have 50 to 200"),
        ({"verified_on": None}, "Say on which day the items were last checked."),
        ({"note": "There are 3 of them."}, "makes a claim without a source"),
        ({"note": "{hardware:none memory_bytes} of it"}, "names no fact"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(change, sentence):
    issue = make_issue(**change)

    assert any(sentence in text for text in sentences(issue))
    with pytest.raises(NotReadyError):
        publish_document(issue)


def test_an_issue_with_neither_items_nor_a_note_is_empty():
    assert any(
        "nothing in this issue" in s for s in sentences(make_issue(items=0, note=""))
    )
    assert sentences(make_issue(items=0)) == []
    assert sentences(make_issue(note="")) == []


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        ({"path": "/hardware/nothing/"}, "leads to something that the site does not"),
        ({"path": "/no-such-page/"}, "leads to no page of this site"),
        ({"path": "/admin/"}, "leads into the desk"),
        ({"text": ""}, "says nothing"),
        (
            {"path": "", "text": "It has 3 of them."},
            "a claim without a page or a source",
        ),
    ],
)
def test_an_item_that_readers_could_not_follow_is_named(item, sentence):
    issue = make_issue(items=0)
    make_item(issue, title="The item", **item)

    found = sentences(issue)

    assert any("The item" in text and sentence in text for text in found)


def test_the_links_of_many_facts_cost_one_statement(django_assert_max_num_queries):
    issue = make_issue(items=0)
    for _ in range(12):
        chip = make_hardware()
        make_item(
            issue,
            title=chip.name,
            path=chip.get_absolute_url(),
            target_type="hardware",
            target_uid=chip.uid,
        )
    body = freeze_digest(issue)

    with django_assert_max_num_queries(6):
        assert document_kind("digest").problems(issue, body) == []


def test_an_issue_refers_to_its_sources_and_not_to_what_it_speaks_of():
    chip = make_hardware()
    issue = make_issue(items=0)
    target = {"target_type": "hardware", "target_uid": chip.uid}
    make_item(issue, sources=[make_source()], **target)

    publish_document(issue)

    references = PublicationReference.objects.values_list("target_type", flat=True)
    assert set(references) == {"source"}


def test_a_difference_names_the_item_by_its_headline():
    issue = make_issue(items=0)
    item = make_item(issue, title="A headline", text="The old words.")
    before = freeze_digest(issue)
    item.text = "The new words."
    item.save()

    (change,) = changes_between(before, freeze_digest(issue))

    assert change.where == "Items › “A headline” › text"


FILE = """
kind: digest
slug: 2026-11
title: November
description: What was new in a month that a test made up, long enough to be read.
verified_on: 2026-11-20
period: November 2026
covers_until: 2026-11-20
sources:
  page: {url: "https://example.org/", title: Page, publisher: Somebody, kind: paper, retrieved_on: 2026-11-01}
note: {text: Hello., sources: [page]}
items:
  - {group: prices, title: Card, text: Cheaper., path: /hardware/card/, day: 2026-11-02, about: "hardware:card", sources: [page]}
  - {group: new, title: Page, text: New.}
"""  # noqa: E501


def test_an_issue_can_be_written_as_a_file():
    kind, chip = document_kind("digest"), make_hardware("Card")
    body = kind.from_portable(yaml.safe_load(FILE))
    issue = DigestIssue.objects.create(uid=body["uid"], slug="2026-11", title="None")

    kind.restore(issue, body)

    assert digest_of(freeze_digest(issue)) == digest_of(body)
    assert schema_problems(kind, body) == []
    assert issue.items.get(group="prices").target_uid == chip.uid


def test_a_file_with_a_group_that_nobody_knows_is_refused():
    make_hardware("Card")
    data = yaml.safe_load(FILE.replace("prices", "gossip"))

    with pytest.raises(ContentError, match="gossip"):
        document_kind("digest").from_portable(data)


def test_an_issue_that_readers_saw_is_withdrawn_and_never_deleted(client):
    issue = make_published_issue()
    client.force_login(make_publisher())

    answer = client.post(f"/admin/newsletter/digestissue/{issue.pk}/delete/")

    assert answer.status_code == 403


def test_what_a_new_issue_owes_is_said_in_words_alone():
    issue = make_issue(description="", verified_on=None)

    owed = publication_problems(issue)

    assert {problem.field for problem in owed} == {"description", "verified_on"}
