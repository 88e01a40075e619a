"""Sources in the desk: asked for in place, recognised, merged, found dead."""

import datetime

import pytest
from django.urls import reverse

from catalog.models import Hardware
from comparisons.models import Comparison
from editorial.consistency.gone import references_to_nothing
from editorial.drafts import record_save
from editorial.link_checks.asking import Answer
from editorial.link_checks.sweeping import sweep
from editorial.models import Citation, EditorialEvent, LinkCheck, Publication, Source
from editorial.problems import NotAllowedError, WrongStateError
from editorial.source_addresses import address_key, alike_sources
from editorial.source_merging import merge_sources
from editorial.uses import uses_of
from editorial.workflow import restore
from tests.catalog.factories import make_hardware
from tests.comparisons.factories import make_comparison, make_verdict, publish_document
from tests.desk.test_document_form import change_url, form_data
from tests.editorial.factories import make_publisher, make_source, make_writer

pytestmark = [pytest.mark.django_db, pytest.mark.once]

SOURCES = "/admin/editorial/source/"
NEW = "https://example.org/new"


@pytest.fixture
def save(client):
    """Send a comparison's form with some fields changed, as a writer."""
    client.force_login(make_writer())
    comparison = make_comparison()
    url = change_url(comparison)
    return lambda **fields: client.post(url, form_data(client, url) | fields)


def cited():
    return list(Comparison.objects.get().answer_sources.all())


def of_answer(**parts):
    return {f"answer_sources-new-0-{name}": value for name, value in parts.items()}


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/a",
        "https://www.example.org/a/",
        "https://EXAMPLE.org/a#part",
        "https://example.org/a?utm_source=x&utm_medium=y",
        "https://web.archive.org/web/20260101000000/https://example.org/a",
    ],
)
def test_one_page_has_one_key_however_its_address_is_written(other):
    assert address_key(other) == address_key("https://example.org/a")


@pytest.mark.parametrize(
    "other", ["https://example.org/A", "https://example.org/a?b=1", "https://b.org/a"]
)
def test_other_pages_have_other_keys(other):
    assert address_key(other) != address_key("https://example.org/a")


def test_a_page_is_recognised_by_its_archived_copy():
    source = make_source(
        url="https://gone.example/x", archive_url="https://archive.example/copy/1"
    )

    assert alike_sources(["http://archive.example/copy/1/"]) == {
        "http://archive.example/copy/1/": [source]
    }
    assert alike_sources(["https://archive.example/copy/12"]) == {}


def test_what_is_new_is_asked_in_place_and_everything_typed_is_kept(save):
    page = save(thesis="Words that must not be lost.", answer_sources=NEW)

    text = page.content.decode()
    assert "Words that must not be lost." in text
    assert f'name="answer_sources-new-0-url" value="{NEW}"' in text
    assert 'name="answer_sources-new-0-title"' in text
    assert not Source.objects.filter(url=NEW).exists()

    saved = save(
        thesis="Words that must not be lost.",
        answer_sources=NEW,
        **of_answer(url=NEW, title="A | page", kind="Paper", read_on="2026-10-01"),
    )

    assert saved.status_code == 302
    (source,) = cited()
    assert (source.url, source.title, source.kind) == (NEW, "A / page", "paper")
    assert source.retrieved_on == datetime.date(2026, 10, 1)


def test_an_answer_that_is_not_complete_is_asked_again_with_what_it_has(save):
    page = save(answer_sources=NEW, **of_answer(url=NEW, title="A page", kind=""))

    text = page.content.decode()
    assert 'value="A page"' in text
    assert f">\n{NEW}</textarea>" in text


@pytest.mark.parametrize("day", ["2999-01-01", "yesterday"])
def test_a_day_that_has_not_been_is_refused(save, day):
    parts = of_answer(url=NEW, title="A page", kind="Paper", read_on=day)

    assert "no day in the past" in save(answer_sources=NEW, **parts).content.decode()


def test_a_known_page_under_another_address_is_offered_and_can_be_taken(save):
    known = make_source(url="https://example.org/known", title="Known")
    typed = "http://www.example.org/known/#part"
    page = save(answer_sources=typed)
    assert "looks like a page that is known here, as “Known”" in page.content.decode()

    save(answer_sources=typed, **of_answer(url=typed, use=known.url))

    assert cited() == [known]


def test_a_page_that_only_looks_alike_becomes_a_source_of_its_own(save):
    make_source(url="https://example.org/known")
    typed = "https://example.org/known#other"
    parts = of_answer(url=typed, use="another page", title="Other", kind="Paper")

    assert save(answer_sources=typed, **parts).status_code == 302

    assert [source.url for source in cited()] == [typed]


def test_words_of_a_title_find_the_source(save):
    known = make_source(title="Troubleshooting guide of vLLM")
    page = save(answer_sources="vllm troubleshooting")
    assert "Which source is “vllm troubleshooting”?" in page.content.decode()

    parts = of_answer(url="vllm troubleshooting", use=known.url)
    save(answer_sources="vllm troubleshooting", **parts)

    assert cited() == [known]


def make_double():
    """A source and its double, cited by a draft, a text, a fact and a field."""
    kept = make_source(url="https://example.org/a", archive_url="")
    double = make_source(
        url="http://www.example.org/a/", archive_url="https://archive.example/a"
    )
    card = make_hardware("Card", source=double)
    verdict = make_verdict(hardware=card)
    verdict.points.first().sources.add(double)
    verdict.summary_sources.add(double, kept)
    record_save(verdict, by=None)
    publish_document(verdict)
    for source, day in ((kept, 1), (double, 20)):
        Citation.objects.create(
            source=source,
            subject_type="hardware",
            subject_uid=card.uid,
            field="memory_bytes",
            retrieved_on=datetime.date(2026, 11, day),
        )
    return kept, double, verdict


def test_a_merge_moves_every_citation_and_is_told(client):
    kept, double, verdict = make_double()
    publisher = make_publisher("petra")

    merge_sources(double, into=kept, by=publisher)

    assert not Source.objects.filter(pk=double.pk).exists()
    assert list(verdict.summary_sources.all()) == [kept]
    assert list(verdict.points.first().sources.all()) == [kept]
    card = Hardware.objects.get()
    assert card.source == kept
    change = card.history.first()
    assert (change.history_user, change.history_change_reason) == (
        publisher,
        "Merged sources",
    )
    assert Citation.objects.get().retrieved_on == datetime.date(2026, 11, 20)
    kept.refresh_from_db()
    assert kept.archive_url == "https://archive.example/a"
    event = EditorialEvent.objects.of_action("merge").get()
    assert (event.actor, event.note) == (publisher, f"{double.url} into {kept.url}")


def test_a_published_text_that_cites_the_merged_one_still_rests_on_a_source():
    kept, double, verdict = make_double()
    body = Publication.objects.get().body
    merge_sources(double, into=kept, by=make_publisher())

    assert list(references_to_nothing()) == []
    texts = next(g for g in uses_of(kept) if g.title.startswith("Published"))
    assert [use.row for use in texts.uses] == [verdict]
    restore(verdict, by=make_writer(), body=body, note="Back.")
    assert not Source.objects.filter(url=double.url).exists()


def test_a_merged_address_that_is_typed_again_means_the_kept_source(save):
    kept = make_source(url="https://example.org/a")
    double = make_source(url="https://example.org/b")
    merge_sources(double, into=kept, by=make_publisher())

    save(answer_sources="https://example.org/b\nhttps://example.org/a")

    assert cited() == [kept]


def test_who_may_not_merge_and_what_cannot_be_merged():
    source = make_source()
    with pytest.raises(NotAllowedError):
        merge_sources(source, into=make_source(), by=make_writer())
    with pytest.raises(WrongStateError):
        merge_sources(source, into=source, by=make_publisher())


def test_a_publisher_merges_from_the_page_of_the_double(client):
    kept, double, verdict = make_double()
    client.force_login(make_publisher())
    change = client.get(f"{SOURCES}{double.pk}/change/").content.decode()
    assert f'<a href="{SOURCES}{kept.pk}/change/">' in change
    url = reverse("admin:editorial_source_merge", args=[double.pk])
    asked = client.get(url).content.decode()
    assert kept.url in asked
    assert str(verdict) in asked

    response = client.post(url, {"into": kept.url})

    assert response["Location"] == f"{SOURCES}{kept.pk}/change/"
    client.force_login(make_writer())
    url = reverse("admin:editorial_source_merge", args=[kept.pk])
    assert client.get(url).status_code == 403


def listed(client, page):
    found = client.get(SOURCES, {"page": page}).context["cl"].result_list
    return [source.url for source in found]


def test_sources_are_listed_by_what_became_of_their_page(client):
    client.force_login(make_publisher())
    make_source(url="https://example.org/fine")
    moved = make_source(url="https://example.org/moved")
    dead = make_source(url="https://example.org/dead")
    make_source(url="http://example.org/fine/")
    answers = {
        moved.url: Answer(200, moved_to="https://example.org/elsewhere"),
        dead.url: Answer(404),
    }
    asked = sweep(
        9,
        ask_page=lambda url: answers.get(url, Answer(200)),
        sleep=lambda seconds: None,
    )
    assert len(list(asked)) == 4
    LinkCheck.objects.filter(source=dead).update(failures=3)

    assert listed(client, "dead") == [dead.url]
    assert listed(client, "moved") == [moved.url]
    assert len(listed(client, "double")) == 2
    front = client.get("/admin/").context["front"]
    (tile,) = (tile for tile in front.tiles if tile.title == "Dead sources")
    assert tile.count == 1
    page = client.get(f"{SOURCES}{moved.pk}/change/").content.decode()
    assert "It moved for good to https://example.org/elsewhere." in page


def test_the_desk_tells_at_once_what_it_knows_of_an_address(client):
    known = make_source(url="https://known.example/page", title="A known page")
    client.force_login(make_writer())
    address = reverse("admin:editorial_source_known")
    alike, new = "http://www.known.example/page/", "https://new.example/"

    sources = client.get(address, {"url": [known.url, alike, new]}).json()["sources"]

    offered = [{"title": "A known page", "url": known.url}]
    assert [(row["known"], row["alike"]) for row in sources] == [
        ("A known page", []),
        ("", offered),
        ("", []),
    ]
