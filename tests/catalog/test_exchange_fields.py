"""Facts whose table is made of the fields of their form: what a cell may say."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from catalog.exchange.importing import plan_import, told
from catalog.exchange.tables import has_table, table_of
from catalog.exchange.uploads import csv_text, read_upload
from catalog.models import (
    Alias,
    Engine,
    EngineRelease,
    EngineStatement,
    FactUpload,
    FailureMode,
    Hardware,
    ModelFamily,
    SupportCell,
    Vendor,
)
from editorial.models import MergedSource, Recheck, Source
from tests.catalog.factories import (
    make_ai_model,
    make_engine,
    make_failure_mode,
    make_hardware,
    make_release,
    make_support_cell,
)
from tests.catalog.test_exchange import confirm, export, rows_of, send, url
from tests.comparisons.factories import make_verdict, publish_document
from tests.editorial.factories import make_fact_editor, make_person, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    person = make_fact_editor("pat")
    client.force_login(person)
    return person


@pytest.fixture
def engine():
    return make_engine("Fast one", slug="fast-one")


def text_of(model, *changes):
    """The table of all rows, with other cells in the first of them."""
    table = table_of(model)
    rows = list(table.cells(model.objects.order_by("pk")))
    for row, cells in zip(rows, changes, strict=False):
        row.update(cells)
    return csv_text([list(table.columns), *[list(row.values()) for row in rows]])


def plan_of(model, text):
    table = table_of(model)
    upload = FactUpload(text=read_upload(text.encode(), "x.csv", table))
    return plan_import(upload, table, by=make_person())


def refusals_of(model, *changes):
    text = text_of(model, *changes)
    found = told(plan_of(model, text).refusals, text)
    return [(refusal.row, refusal.column, refusal.reason) for refusal in found]


def changes_of(plan):
    return [
        (change.row, [(field.name, field.old, field.new) for field in change.fields])
        for change in plan.changes
    ]


def test_every_list_of_facts_in_the_desk_has_a_table(client, editor):
    for model in (Vendor, ModelFamily, Alias, Engine, EngineRelease, SupportCell):
        assert has_table(model)
    for model in (EngineStatement, FailureMode, Source, Vendor, Alias):
        page = client.get(url(model, "changelist")).content.decode()
        assert ">Import<" in page
        assert ">Export CSV<" in page


def test_a_corrected_sentence_is_the_same_row_with_history_and_a_re_check(
    client, editor, engine
):
    row = EngineStatement.objects.create(
        engine=engine, claim="It is fast.", source=make_source()
    )
    publish_document(make_verdict(engine=engine))
    text = text_of(EngineStatement, {"claim": "It is quick."})

    page = send(client, EngineStatement, text)
    assert changes_of(page.context["plan"]) == [
        ("It is quick.", [("claim", "It is fast.", "It is quick.")])
    ]
    confirm(client, page)

    row.refresh_from_db()
    assert row.claim == "It is quick."
    assert row.history.first().history_change_reason == "Import by pat"
    assert Recheck.objects.open().count() == 1


def test_a_row_without_a_uid_is_known_by_its_key_or_new(engine):
    make_support_cell(engine, key="lora", value="unknown", source=None)
    known = {"uid": "", "value": "not_applicable"}

    plan = plan_of(SupportCell, text_of(SupportCell, known))
    assert [change.is_new for change in plan.changes] == [False]

    other = {"uid": "", "key": "other-key"}
    plan = plan_of(SupportCell, text_of(SupportCell, other))
    assert [change.is_new for change in plan.changes] == [True]


def test_a_release_of_a_role_is_known_without_its_version(engine):
    release = make_release(engine, role="latest_seen", version="1.0")

    plan = plan_of(EngineRelease, text_of(EngineRelease, {"uid": "", "version": "2"}))

    assert [(c.is_new, c.fields[0].old) for c in plan.changes] == [(False, "1.0")]
    release.role = "other"
    release.save()
    plan = plan_of(EngineRelease, text_of(EngineRelease, {"uid": "", "version": "2"}))
    assert [change.is_new for change in plan.changes] == [True]


def test_the_sentence_that_a_row_held_before_makes_a_new_row(client, editor, engine):
    """What the files would call it is the uid of the corrected row."""
    sent = {"claim": "First.", "engine": "fast-one", "source_url": "https://a.example"}
    head = list(table_of(EngineStatement).columns)
    text = csv_text([head, [sent.get(name, "") for name in head]])
    confirm(client, send(client, EngineStatement, text))
    EngineStatement.objects.update(claim="Corrected.")

    confirm(client, send(client, EngineStatement, text))

    claims = EngineStatement.objects.values_list("claim", flat=True)
    assert sorted(claims) == ["Corrected.", "First."]


def test_a_day_keeps_how_exactly_it_is_known(engine):
    make_release(engine, released_on="2026-08-01", released_on_precision="month")
    assert "2026-08," in text_of(EngineRelease)

    plan = plan_of(EngineRelease, text_of(EngineRelease, {"released_on": "2025"}))

    (change,) = plan.changes
    assert {field.name for field in change.fields} == {
        "released on",
        "released on precision",
    }


def test_a_new_vendor_comes_with_the_engine_that_names_it(engine):
    plan = plan_of(Engine, text_of(Engine, {"vendor": "New maker"}))

    assert [change.label for change in plan.changes] == ["vendor", "engine"]


def test_an_alias_leads_to_a_slug_of_its_type():
    model = make_ai_model(slug="some-model")
    card = make_hardware(slug="some-card")
    Alias.objects.create(fact_type="model", alias="old", target_uid=model.uid)
    assert "some-model" in text_of(Alias)

    assert refusals_of(Alias, {"target": "some-card"}) == [
        (2, "target", "“some-card” is the slug of no model")
    ]
    plan = plan_of(
        Alias, text_of(Alias, {"target": "some-card", "fact_type": "hardware"})
    )
    assert changes_of(plan)[0][1][-1][1:] == (model.uid, card.uid)


def test_a_changed_vendor_stands_in_the_history_of_the_admin(client, editor):
    vendor = make_engine().vendor

    confirm(client, send(client, Vendor, text_of(Vendor, {"name": "Renamed"})))

    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.user) == (str(vendor.pk), editor)
    assert entry.change_message == "Import by pat"
    page = client.get(reverse("admin:catalog_vendor_history", args=[vendor.pk]))
    assert "Import by pat" in page.content.decode()


def test_a_renamed_vendor_is_still_the_one_that_hardware_names():
    card = make_hardware()
    card.vendor.name = "Another name than its slug"
    card.vendor.save()

    plan = plan_of(Hardware, text_of(Hardware))

    assert (plan.changes, plan.refusals) == ([], [])


def test_sources_are_corrected_and_a_merged_address_stays_merged(client, editor):
    kept = make_source(url="https://kept.example/", title="Old title")
    text = text_of(Source, {"title": "New title", "kind": "paper"})

    confirm(client, send(client, Source, text))

    kept.refresh_from_db()
    assert (kept.title, kept.kind) == ("New title", "paper")
    former = "https://former.example/"
    MergedSource.objects.create(uid=make_engine().uid, url=former, into=kept)
    refused = refusals_of(Source, {"uid": "", "url": former})
    assert refused[0] == (2, "url", "was merged into https://kept.example/")


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"uid": "1"}, "uid", "is known of no row here: leave it empty for a new one"),
        ({"slug": ""}, "slug", "is empty"),
        ({"slug": "not a slug"}, "slug", "is refused: Enter a valid “slug”"),
        ({"slug": "second"}, "slug", "is that of another row here"),
        ({"status": "resting"}, "status", "“resting” is not one of active"),
        ({"default_port": "many"}, "default_port", "“many” is not a number"),
        ({"default_port": "-1"}, "default_port", "is refused: Ensure this value"),
        ({"homepage_url": "nowhere"}, "homepage_url", "“nowhere” is not an address"),
        ({"name": "x" * 81}, "name", "is longer than 80 characters"),
        ({"source_url": ""}, "source_url", "is empty"),
        ({"marks": "derived"}, "marks", "is not written as"),
        ({"marks": '{"license": ["derived"]}'}, "marks", "is not written as"),
        ({"marks": '{"colour": "derived"}'}, "marks", "“colour” is the name of no"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_by_row_and_column(
    engine, cells, column, reason
):
    make_engine("Second", slug="second")

    found = refusals_of(Engine, cells)

    assert {row[1] for row in found} == {column}
    assert found[-1][2].startswith(reason)


def test_two_rows_that_say_the_same_already_may_go_on_doing_so(engine):
    for _ in range(2):
        values = {"engine": engine, "claim": "Twice.", "source": make_source()}
        EngineStatement.objects.create(**values)

    plan = plan_of(EngineStatement, text_of(EngineStatement))

    assert (plan.changes, plan.refusals, plan.unchanged) == ([], [], 2)


def test_a_key_of_a_row_that_is_not_sent_is_refused(engine):
    make_engine("Second", slug="second")
    first, second = rows_of(text_of(Engine))
    first["slug"] = "second"
    text = csv_text([list(first), list(first.values())])

    (refusal,) = plan_of(Engine, text).refusals

    assert (refusal.column, refusal.reason) == ("slug", "is that of another row here")
    assert second["slug"] == "second"


def test_what_an_engine_supports_needs_a_page_that_says_so(engine):
    make_support_cell(engine, axis="feature", key="lora", value="unknown", source=None)

    assert refusals_of(SupportCell, {"value": "yes"}) == [
        (2, "source_url", "is empty, and the row says yes")
    ]
    assert refusals_of(SupportCell, {"value": "yes", "axis": "format"}) == []


def test_rows_are_counted_although_a_cell_has_lines(engine):
    make_failure_mode(engine, title="First", trigger="a")
    make_failure_mode(engine, title="Second")
    lines = {"symptom": "One\nTwo\nThree", "severity": "worst"}

    assert [row[:2] for row in refusals_of(FailureMode, lines, {"title": ""})] == [
        (2, "severity"),
        (3, "title"),
    ]


def test_marks_go_out_and_come_back(client, editor, engine):
    engine.marks = {"license": "doubtful"}
    engine.save()

    (row,) = json.loads(export(client, Engine, "json"))
    assert json.loads(row["marks"]) == {"license": "doubtful"}
    row["marks"] = ""
    confirm(client, send(client, Engine, json.dumps([row]), "engines.json"))

    engine.refresh_from_db()
    assert engine.marks == {}
