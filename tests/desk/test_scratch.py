"""What is typed and not saved is kept for its author, and offered on return."""

import datetime
import json
import uuid

import pytest
import time_machine
from django.utils import timezone

from comparisons.models import Comparison
from editorial.models import (
    NEW_DOCUMENT,
    Checkpoint,
    EditorialEvent,
    Presence,
    Scratch,
)
from editorial.scratch import MAX_SCRATCH_BYTES, SCRATCHES_KEPT, keep_scratch
from tests.catalog.factories import make_engine
from tests.comparisons.factories import make_comparison
from tests.desk.test_conflict import opened
from tests.desk.test_document_form import ADD, change_url, form_data
from tests.editorial.factories import make_person, make_writer

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def wilma(client):
    person = make_writer("wilma")
    client.force_login(person)
    return person


def scratch_url(comparison):
    return f"{change_url(comparison)[:-7]}scratch/"


def send(client, url, data):
    """What the form's script sends while one types."""
    fields = [[name, str(value)] for name, value in data.items()]
    key = data.get("scratch_key", str(uuid.uuid4()))
    return client.post(
        url,
        json.dumps({"key": key, "fields": fields}),
        content_type="application/json",
    )


def test_what_is_typed_is_kept_and_the_document_is_not_touched(client, wilma):
    comparison = make_comparison(thesis="As it was.")
    events, saves = EditorialEvent.objects.count(), Checkpoint.objects.count()
    data = opened(client, change_url(comparison)) | {"thesis": "Typed."}

    answer = send(client, scratch_url(comparison), data).json()

    scratch = Scratch.objects.get()
    assert ["thesis", "Typed."] in scratch.fields
    assert answer["kept_at"] == f"{scratch.written_at:%H:%M}"
    before = comparison.lock_version
    comparison.refresh_from_db()
    assert (comparison.thesis, comparison.lock_version) == ("As it was.", before)
    assert EditorialEvent.objects.count() == events
    assert Checkpoint.objects.count() == saves


def test_one_opened_form_has_one_scratch_and_another_tab_has_its_own(client, wilma):
    comparison = make_comparison()
    url = change_url(comparison)
    first, second = opened(client, url), opened(client, url)

    for words in ("One.", "Two."):
        send(client, scratch_url(comparison), first | {"thesis": words})
    send(client, scratch_url(comparison), second | {"thesis": "Another tab."})

    kept = {dict(map(tuple, row.fields))["thesis"] for row in Scratch.objects.all()}
    assert kept == {"Two.", "Another tab."}


def test_the_form_offers_on_return_what_was_typed(client, wilma):
    comparison = make_comparison(thesis="As it was.")
    url = change_url(comparison)
    send(
        client,
        scratch_url(comparison),
        opened(client, url) | {"thesis": "Typed."},
    )

    page = client.get(url).content.decode()

    assert "and did not save it" in page
    assert "Take it up" in page
    assert "Typed." not in page


def test_taking_it_up_fills_the_form_with_added_rows_and_saves_nothing(client, wilma):
    comparison = make_comparison(thesis="As it was.")
    url = change_url(comparison)
    typed = opened(client, url) | {
        "thesis": "Typed.",
        "title": "",
        "rules-TOTAL_FORMS": 3,
        "rules-2-situation": "A row that was added",
        "rules-2-id": "",
        "rules-2-comparison": comparison.pk,
    }
    send(client, scratch_url(comparison), typed)

    page = client.post(url, {"take_up": typed["scratch_key"]})

    words = page.content.decode()
    assert page.status_code == 200
    assert "Typed." in words
    assert "A row that was added" in words
    assert "It is not saved yet." in words
    assert "This field is required" not in words
    assert page.context["opened"].key == typed["scratch_key"]
    comparison.refresh_from_db()
    assert comparison.thesis == "As it was."
    assert comparison.rules.count() == 2


def test_what_was_taken_up_is_saved_like_any_form_and_then_forgotten(client, wilma):
    comparison = make_comparison(thesis="As it was.")
    url = change_url(comparison)
    typed = opened(client, url) | {"thesis": "Typed."}
    send(client, scratch_url(comparison), typed)

    assert client.post(url, typed).status_code == 302

    comparison.refresh_from_db()
    assert comparison.thesis == "Typed."
    assert not Scratch.objects.exists()


def test_the_differences_are_shown_field_by_field(client, wilma):
    comparison = make_comparison(thesis="As it was.")
    url = change_url(comparison)
    typed = opened(client, url) | {
        "thesis": "As it became.",
        "rules-TOTAL_FORMS": 3,
        "rules-2-situation": "A new row",
        "rules-0-choice": "",
    }
    send(client, scratch_url(comparison), typed)

    page = client.get(f"{change_url(comparison)[:-7]}typed/{typed['scratch_key']}/")

    found = {change.where: change.pieces for change in page.context["changes"]}
    assert set(found) == {
        "Thesis",
        "Decision rule 1 › Choice",
        "Decision rule 3 › Situation",
    }
    assert [piece.text for piece in found["Thesis"] if piece.mark == "added"] == [
        "became."
    ]


def test_throwing_it_away_removes_it(client, wilma):
    comparison = make_comparison()
    typed = opened(client, change_url(comparison)) | {"thesis": "Typed."}
    send(client, scratch_url(comparison), typed)

    client.post(f"{change_url(comparison)[:-7]}discard/", {"key": typed["scratch_key"]})

    assert not Scratch.objects.exists()


def test_a_form_for_a_new_document_is_kept_and_taken_up_too(client, wilma):
    make_engine("Alpha")
    typed = opened(client, ADD) | {"title": "Typed.", "sides-0-engine": "Alpha"}

    send(client, f"{ADD}scratch/", typed)

    assert Scratch.objects.get().document_uid == NEW_DOCUMENT
    assert "and did not save it" in client.get(ADD).content.decode()
    page = client.post(ADD, {"take_up": typed["scratch_key"]}).content.decode()
    assert "Typed." in page
    assert not Comparison.objects.exists()


def test_nobody_sees_or_takes_up_what_another_has_typed(client, wilma):
    comparison = make_comparison()
    url = change_url(comparison)
    typed = opened(client, url) | {"thesis": "Private."}
    send(client, scratch_url(comparison), typed)
    client.force_login(make_writer("walter"))

    assert "and did not save it" not in client.get(url).content.decode()
    assert client.post(url, {"take_up": typed["scratch_key"]}).status_code == 404
    stem = change_url(comparison)[:-7]
    assert client.get(f"{stem}typed/{typed['scratch_key']}/").status_code == 404
    client.post(f"{stem}discard/", {"key": typed["scratch_key"]})
    assert Scratch.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    ["[]", "no json", '{"key": "x", "fields": [["a", "b"]]}', '{"fields": [["a"]]}'],
)
def test_anything_but_pairs_of_texts_under_a_key_is_refused(client, wilma, body):
    url = scratch_url(make_comparison())

    answer = client.post(url, body, content_type="application/json")

    assert answer.status_code == 400
    assert not Scratch.objects.exists()


def test_more_than_the_limit_is_refused_with_a_sentence(client, wilma):
    url = scratch_url(make_comparison())

    answer = send(client, url, {"thesis": "x" * MAX_SCRATCH_BYTES})

    assert answer.status_code == 413
    assert "too long" in answer.json()["error"]


def test_a_person_without_the_right_to_edit_keeps_nothing(client):
    client.force_login(make_person("guest"))

    answer = send(client, scratch_url(make_comparison()), {"thesis": "x"})

    assert answer.status_code == 403


def test_the_newest_few_are_kept_and_those_of_last_month_are_not(wilma):
    document = uuid.uuid4()

    def keep(word):
        keep_scratch(
            wilma,
            kind="comparison",
            document_uid=document,
            key=uuid.uuid4(),
            fields=[["thesis", word]],
        )

    with time_machine.travel(timezone.now() - datetime.timedelta(days=31)):
        keep("last month")
    for number in range(SCRATCHES_KEPT + 2):
        keep(str(number))

    kept = [row.fields[0][1] for row in Scratch.objects.order_by("pk")]
    assert kept == [str(number) for number in range(2, SCRATCHES_KEPT + 2)]


def test_the_form_says_who_else_has_it_open_and_bars_nobody(client, wilma):
    comparison = make_comparison()
    url = change_url(comparison)
    client.post(scratch_url(comparison), "{}", content_type="application/json")
    client.force_login(make_writer("walter"))

    answer = client.post(scratch_url(comparison), "{}", content_type="application/json")

    assert answer.json() == {"kept_at": None, "present": ["wilma"]}
    page = client.get(url)
    assert page.context["present"] == ["wilma"]
    assert "wilma has this form open too." in page.content.decode()
    assert client.post(url, form_data(client, url)).status_code == 302


def test_somebody_who_was_here_a_minute_ago_is_not_named(client, wilma):
    comparison = make_comparison()
    earlier = timezone.now() - datetime.timedelta(seconds=61)
    Presence.objects.create(
        person=make_writer("walter"), document_uid=comparison.uid, seen_at=earlier
    )

    assert client.get(change_url(comparison)).context["present"] == []


def test_looking_at_a_form_writes_nothing(client, wilma):
    client.get(change_url(make_comparison()))

    assert not Presence.objects.exists()
    assert not Scratch.objects.exists()
