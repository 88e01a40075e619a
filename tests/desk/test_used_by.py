"""What uses a thing, and the question before it goes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import Engine, Hardware
from editorial.drafts import record_save
from editorial.models import Publication, Source
from editorial.uses import uses_of
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import (
    make_engine,
    make_failure_mode,
    make_hardware,
    make_price,
    make_support_cell,
)
from tests.comparisons.factories import (
    make_comparison,
    make_published_comparison,
    make_verdict,
    publish_document,
)
from tests.desk.test_steps import step_url
from tests.editorial.factories import make_person, make_publisher, make_source

pytestmark = pytest.mark.django_db


def found(row):
    """The names of what uses `row`, by the title of their group."""
    return {group.title: [use.name for use in group.uses] for group in uses_of(row)}


def url(row, view):
    options = row._meta
    name = f"admin:{options.app_label}_{options.model_name}_{view}"
    return reverse(name, args=[row.pk])


@pytest.fixture
def administrator(client):
    person = make_person(is_superuser=True)
    client.force_login(person)
    return person


def test_a_fact_names_its_texts_its_drafts_and_its_rows():
    comparison = make_published_comparison(names=["Alpha", "Beta"])
    alpha = Engine.objects.get(slug="alpha")
    draft = make_verdict(engine=alpha)
    quoting = make_verdict(summary="It is {engine:alpha license} and good.")
    cell = make_support_cell(alpha)
    make_benchmark(engine=alpha)

    uses = found(alpha)

    assert uses["Published and scheduled texts"] == ["Alpha vs Beta, version 1"]
    assert uses["Drafts: comparisons"] == [str(comparison)]
    assert set(uses["Drafts: verdicts"]) == {str(draft), str(quoting)}
    assert uses["Support cells"] == [str(cell)]
    assert len(uses["Benchmarks"]) == 1
    assert "Engine releases" not in uses


def test_a_source_names_what_cites_it_in_texts_drafts_and_facts():
    source = make_source()
    card = make_hardware("Card", source=source)
    verdict = make_verdict(hardware=card)
    verdict.points.first().sources.add(source)
    record_save(verdict, by=None)
    publish_document(verdict)
    comparison = make_comparison()
    comparison.dimensions.first().ratings.first().sources.add(source)

    uses = found(source)

    assert uses["Published and scheduled texts"] == [f"{verdict}, version 1"]
    assert uses["Drafts: verdicts"] == [str(verdict)]
    assert uses["Drafts: comparisons"] == [str(comparison)]
    assert uses["Hardware"] == ["Card"]


def test_a_document_names_the_texts_that_lead_to_its_page():
    target = make_published_comparison(names=["Alpha", "Beta"])
    path = "/compare/engines/alpha-vs-beta/"
    linking = make_verdict(what_would_change=f"See [the comparison]({path}).")
    publish_document(linking)
    related = make_comparison()
    related.related.create(label="The other", path=path)
    naming = make_comparison()
    naming.related.create(label="The other", path=path)
    record_save(naming, by=None)
    publish_document(naming)
    near = make_verdict(what_would_change=f"See [its embed]({path}embed/).")
    publish_document(near)
    make_verdict(what_would_change="See [another](/compare/engines/alpha-vs-gamma/).")

    assert found(target) == {
        "Published texts with a link to it": [
            f"{naming}, version 1",
            f"{linking}, version 1",
        ],
        "Drafts: verdicts": [str(linking)],
        "Drafts with it as a related page": [str(related), str(naming)],
    }


def test_a_withdrawn_text_uses_nothing_any_more():
    comparison = make_published_comparison(names=["Alpha", "Beta"])
    Publication.objects.update(visible_until=Publication.objects.get().visible_from)

    uses = found(Engine.objects.get(slug="alpha"))

    assert uses == {"Drafts: comparisons": [str(comparison)]}


def test_the_statements_do_not_grow_with_the_uses():
    card = make_hardware("Card")
    few, many = [], []
    for counts in (few, many):
        with CaptureQueriesContext(connection) as captured:
            uses_of(card)
        counts.append(len(captured))
        for number in range(25):
            make_price(card, seller=f"Shop {number}{len(many)}")
            make_benchmark(hardware=card)
        publish_document(make_verdict(hardware=card)) if counts is few else None

    assert many[0] <= few[0] + 1  # the draft behind the published text
    (prices,) = (g for g in uses_of(card) if g.title == "Price observations")
    assert (len(prices.uses), prices.count, prices.hidden_count) == (20, 50, 30)


def test_everybody_who_sees_a_fact_sees_what_uses_it(client):
    make_published_comparison(names=["Alpha", "Beta"])
    alpha = Engine.objects.get(slug="alpha")
    client.force_login(make_publisher())

    page = client.get(url(alpha, "used_by")).content.decode()

    assert "Alpha vs Beta, version 1" in page
    assert url(alpha, "used_by") in client.get(url(alpha, "change")).content.decode()
    client.force_login(make_person())
    assert client.get(url(alpha, "used_by")).status_code == 403


def test_a_fact_in_a_published_text_is_not_deleted(client, administrator):
    verdict = make_verdict(hardware=make_hardware("Card"))
    publish_document(verdict)
    type(verdict).objects.update(hardware=None, engine=make_engine())
    card = Hardware.objects.get(slug="card")

    asked = client.get(url(card, "delete")).content.decode()
    answer = client.post(url(card, "delete"), {"post": "yes", "has_read": "on"})

    assert "It cannot be deleted: 1 published text refers to it" in " ".join(
        asked.split()
    )
    assert answer.status_code == 403
    assert Hardware.objects.filter(pk=card.pk).exists()


def test_what_would_go_with_a_fact_counts_as_well(client, administrator):
    engine = make_engine("Gamma")
    mode = make_failure_mode(engine)
    comparison = make_comparison(names=["Alpha", "Beta"])
    comparison.failure_modes.update(fact=mode)
    record_save(comparison, by=None)
    publish_document(comparison)

    answer = client.post(url(engine, "delete"), {"post": "yes", "has_read": "on"})

    assert answer.status_code == 403
    assert Engine.objects.filter(pk=engine.pk).exists()


def test_a_source_in_a_draft_is_deleted_only_by_who_has_read_where(
    client, administrator
):
    source = make_source()
    verdict = make_verdict()
    verdict.points.first().sources.add(source)
    assert str(verdict) in client.get(url(source, "delete")).content.decode()

    refused = client.post(url(source, "delete"), {"post": "yes"}, follow=True)

    assert "Read what uses it" in refused.content.decode()
    assert Source.objects.filter(pk=source.pk).exists()
    client.post(url(source, "delete"), {"post": "yes", "has_read": "on"})
    assert not Source.objects.filter(pk=source.pk).exists()


def test_what_nothing_uses_is_deleted_without_a_tick(client, administrator):
    source = make_source()

    client.post(url(source, "delete"), {"post": "yes"})

    assert not Source.objects.filter(pk=source.pk).exists()


@pytest.mark.parametrize(
    "model", ["catalog_engine", "benchmarks_benchmark", "editorial_source"]
)
def test_nothing_is_deleted_in_bulk(client, administrator, model):
    engine = make_engine()
    make_benchmark(engine=engine)

    page = client.get(reverse(f"admin:{model}_changelist"))

    assert page.context["cl"].result_count
    assert "delete_selected" not in page.content.decode()


def test_a_page_that_others_lead_to_is_withdrawn_only_by_who_has_read_which(client):
    target = make_published_comparison(names=["Alpha", "Beta"])
    other = make_comparison()
    other.related.create(label="It", path="/compare/engines/alpha-vs-beta/")
    client.force_login(make_publisher())
    step = step_url(target, "withdraw")
    assert str(other) in client.get(step).content.decode()

    refused = client.post(step, {"note": "It is wrong."})

    assert "has_read" in refused.context["form"].errors
    assert Publication.objects.live().exists()
    client.post(step, {"note": "It is wrong.", "has_read": "on"})
    assert not Publication.objects.live().exists()
