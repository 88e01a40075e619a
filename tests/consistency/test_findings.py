"""Each checker sees the one thing that a test breaks; a clean site has no finding."""

import datetime
import io
import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from catalog.models import Engine, Hardware
from comparisons.models import RelatedPage
from editorial.consistency.internal_links import internal_path, objection_to
from editorial.drafts import record_save
from editorial.models import Publication, Source
from editorial.vocabularies import Severity
from editorial.workflow import withdraw
from tests.catalog.factories import (
    make_hardware,
    make_model_file,
    make_price,
    make_release,
)
from tests.comparisons.factories import (
    make_comparison,
    make_verdict,
    publish_document,
)
from tests.consistency.seeing import findings, only_finding
from tests.editorial.factories import make_publisher, make_source

pytestmark = pytest.mark.django_db

PIN = "{hardware:card memory_bandwidth_gb_s}"


def make_quoting_verdict(card, pin=PIN, **values):
    verdict = make_verdict(summary=f"**Sound.** It moves {pin}.", **values)
    verdict.summary_sources.add(make_source())
    tell_points_apart(verdict)
    publish_document(verdict)
    return verdict


def tell_points_apart(verdict):
    for point in verdict.points.filter(text="A plain reason"):
        point.text = f"A reason of its own: {point.group}"
        point.save()
    record_save(verdict, by=None)


def linked_comparison(path):
    comparison = make_comparison(names=["Alpha", "Beta"])
    RelatedPage.objects.create(comparison=comparison, label="More", path=path)
    record_save(comparison, by=None)
    publish_document(comparison)
    return comparison


def test_a_clean_site_has_no_finding():
    card = make_hardware("Card")
    make_price(card)
    make_model_file()
    make_quoting_verdict(card, hardware=card)
    comparison = linked_comparison("/hardware/card/")
    make_release(comparison.sides.first().engine)

    assert findings() == []


def test_a_pin_whose_fact_moved_is_a_contradiction():
    card = make_hardware("Card", memory_bandwidth_gb_s=Decimal(960))
    verdict = make_quoting_verdict(card, hardware=card)
    Hardware.objects.update(memory_bandwidth_gb_s=Decimal(1008))

    finding = only_finding("contradictions")

    assert (finding.severity, finding.place.uid) == (Severity.HIGH, verdict.uid)
    assert finding.place.anchor == "summary"
    assert "quotes 960 GB/s for Card" in finding.sentence
    assert "now says 1\u202f008 GB/s" in finding.sentence


def test_two_texts_that_quote_one_fact_differently_are_a_contradiction():
    card = make_hardware("Card", memory_bandwidth_gb_s=Decimal(960))
    make_quoting_verdict(card, hardware=card)
    Hardware.objects.update(memory_bandwidth_gb_s=Decimal(1008))
    make_quoting_verdict(card)

    sentences = [finding.sentence for _, finding in findings()]

    assert len(sentences) == 2  # the old number has moved as well
    assert any("960 GB/s" in text and "1\u202f008 GB/s" in text for text in sentences)


def test_comparisons_that_rate_one_thing_two_steps_apart_contradict_each_other():
    first = make_comparison(names=["Alpha", "Beta"])
    publish_document(first)
    second = make_comparison(names=["Gamma", "Delta"])
    side = second.sides.last()
    side.engine = Engine.objects.get(name="Alpha")
    side.save()
    for dimension in second.dimensions.exclude(label="Speed"):
        dimension.ratings.filter(side=side).update(value="strong")
    record_save(second, by=None)
    publish_document(second)

    finding = only_finding("contradictions")

    assert finding.place.uid in {first.uid, second.uid}
    assert finding.sentence.startswith("“Speed” is rated")


@pytest.mark.parametrize("group", ["limits", "not_for"])
def test_a_reason_to_choose_that_the_verdict_names_against_it_contradicts(group):
    comparison = make_comparison(names=["Alpha", "Beta"])
    publish_document(comparison)
    verdict = make_verdict(engine=Engine.objects.get(name="Alpha"))
    verdict.points.filter(group=group).update(text="You  like it.")
    tell_points_apart(verdict)
    publish_document(verdict)

    finding = only_finding("contradictions")

    assert finding.sentence.startswith("“You like it” speaks for it here")
    assert finding.place.uid == comparison.uid


@pytest.mark.parametrize(
    ("path", "severity", "words"),
    [
        ("/nothing/", Severity.HIGH, "leads to no page of this site"),
        ("/hardware/nothing/", Severity.HIGH, "something that the site does not have"),
        ("/compare/engines/alpha-vs-x/", Severity.HIGH, "does not have"),
        ("/admin/", Severity.HIGH, "leads into the desk"),
        ("/hardware/card", Severity.LOW, "redirects to /hardware/card/"),
        ("/compare/engines/beta-vs-alpha/", Severity.LOW, "redirects to /compare"),
    ],
)
def test_a_link_that_leads_nowhere_or_round_is_found(path, severity, words):
    make_hardware("Card")
    comparison = linked_comparison(path)

    finding = only_finding("internal-links")

    assert finding.severity == severity
    assert words in finding.sentence
    assert finding.place.anchor == str(comparison.related.get().uid)


def test_a_link_to_a_withdrawn_page_is_found():
    target = make_comparison(names=["Gamma", "Delta"])
    publish_document(target)
    linked_comparison("/compare/engines/delta-vs-gamma/")
    assert findings() == []
    withdraw(target, by=make_publisher(), note="Out of date.")

    finding = only_finding("internal-links")

    assert "which was withdrawn" in finding.sentence


def test_links_elsewhere_and_to_parts_of_pages_are_left_alone(settings):
    settings.SITE_URL = "https://site.example"

    assert internal_path("https://site.example/tools/?a=1#b") == "/tools/"
    for link in ("https://other.example/x", "//other.example/", "#part", "mailto:a@b"):
        assert internal_path(link) is None
    assert objection_to("/compare/hardware/", set()) is None


@pytest.mark.parametrize("is_sourced", [True, False])
def test_a_superlative_without_a_source_is_found(monkeypatch, is_sourced):
    monkeypatch.setattr("comparisons.checks.makes_claim", lambda text: False)
    comparison = make_comparison()
    rating = comparison.dimensions.first().ratings.first()
    rating.reason = "The fastest of all."
    rating.save()
    rating.sources.set([make_source()] if is_sourced else [])
    record_save(comparison, by=None)
    publish_document(comparison)

    if is_sourced:
        assert findings() == []
    else:
        finding = only_finding("superlatives")
        assert finding.place.anchor == str(rating.uid)
        assert "“fastest” stands without a source" in finding.sentence


@pytest.mark.parametrize(
    ("version", "observed_on", "is_found"),
    [
        ("0.9", "2026-07-31", True),
        ("0.9", "2026-08-01", False),
        ("0.9", "2026-07", True),
        ("0.9", "2026-08", False),
        ("0.9", "2026", False),
        ("0.9", "", False),
        ("1.0", "2026-07", False),
    ],
)
def test_a_rating_from_before_the_newest_release_is_found(
    version, observed_on, is_found
):
    comparison = make_comparison()
    rating = comparison.dimensions.first().ratings.first()
    rating.version, rating.observed_on = version, observed_on
    rating.sources.add(make_source())
    rating.save()
    record_save(comparison, by=None)
    publish_document(comparison)
    make_release(rating.side.engine, released_on=datetime.date(2026, 8, 1))

    kinds = [kind for kind, _ in findings()]

    assert kinds == (["stale-ratings"] if is_found else [])


def test_a_deleted_source_and_a_deleted_fact_are_found():
    card = make_hardware("Card")
    verdict = make_quoting_verdict(card)
    verdict.summary_sources.clear()
    body = Publication.objects.of_document(verdict.uid).get().body
    Source.objects.filter(uid=body["sources"][0]["uid"]).delete()

    finding = only_finding("references")
    assert (finding.severity, finding.place.uid) == (Severity.MEDIUM, verdict.uid)

    card.delete()
    severities = [finding.severity for _, finding in findings()]
    assert severities == [Severity.HIGH, Severity.MEDIUM]


def test_the_command_exits_with_1_only_where_a_finding_is_severe():
    make_price(kind="street_new", condition="used")
    out = io.StringIO()
    call_command("check_consistency", stdout=out)
    assert "Facts whose own fields disagree: 1" in out.getvalue()

    linked_comparison("/nothing/")
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command(
            "check_consistency", "--kind", "internal-links", "--json", stdout=out
        )

    (row,) = json.loads(out.getvalue())
    assert (row["kind"], row["severity"]) == ("internal-links", "high")
