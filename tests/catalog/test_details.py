"""The pages of one engine, one chip and one model."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Alias, HostedPrice
from editorial.models import Citation
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import (
    make_ai_model,
    make_engine,
    make_failure_mode,
    make_hardware,
    make_model_file,
    make_price,
    make_release,
    make_support_cell,
)
from tests.comparisons.factories import (
    make_published_comparison,
    make_verdict,
    publish_document,
)
from tests.editorial.factories import make_source

pytestmark = pytest.mark.django_db

URL = {
    "engine": "/tools/{}/",
    "hardware": "/hardware/{}/",
    "model": "/models/{}/",
}
MAKE = {"engine": make_engine, "hardware": make_hardware, "model": make_ai_model}
every_kind = pytest.mark.parametrize("kind", URL)


@pytest.fixture
def rows(client):
    """`rows(fact)`: the facts on its page, by their label."""

    def rows(fact):
        tables = client.get(fact.get_absolute_url()).context["tables"]
        return {row.label: row for table in tables for row in table.rows}

    return rows


def cite(fact, subject_type, field, **values):
    defaults = {"retrieved_on": datetime.date(2026, 11, 1), "source": make_source()}
    return Citation.objects.create(
        subject_type=subject_type,
        subject_uid=fact.uid,
        field=field,
        **defaults | values,
    )


def test_an_engine_shows_its_facts_with_a_source_each(rows):
    engine = make_engine(license="Apache-2.0", default_port=8000)
    release = make_release(engine, version="0.26.0")

    shown = rows(engine)

    assert shown["Licence"].display == "Apache-2.0"
    assert shown["Licence"].source_url == engine.source.url
    assert shown["Latest seen"].display == "0.26.0 · 1 Aug 2026"
    assert shown["Latest seen"].source_url == release.source.url


def test_a_chip_shows_its_facts_with_units_and_a_source_each(rows):
    chip = make_hardware(memory_type="GDDR6X", fp32_tflops=Decimal("82.58"))

    shown = rows(chip)

    assert (shown["Memory"].display, shown["Memory"].unit) == ("24", "GB GDDR6X")
    assert shown["Memory bandwidth"].display == "1\u202f008"
    assert shown["FP32"].display == "82.58"
    assert {shown["Memory"].source_url, shown["FP32"].source_url} == {chip.source.url}


def test_a_model_shows_its_facts_with_a_source_each(rows):
    model = make_ai_model(layers=32, context_window_tokens=131_072)

    shown = rows(model)

    assert (shown["Parameters"].display, shown["Parameters"].unit) == ("8.03", "B")
    assert shown["Context window"].display == "131\u202f072"
    assert shown["Layers"].source_url == model.source.url


def test_a_fields_own_newest_citation_stands_before_the_rows_source(rows):
    chip = make_hardware(board_power_w=450)
    cite(chip, "hardware", "board_power_w", retrieved_on=datetime.date(2025, 1, 1))
    newest = cite(chip, "hardware", "board_power_w")

    assert rows(chip)["Board power"].source_url == newest.source.url


@every_kind
def test_a_missing_fact_is_a_dash_that_says_so_and_never_a_zero(client, rows, kind):
    missing = {"engine": "Default port", "hardware": "INT8, dense", "model": "Layers"}
    fact = MAKE[kind]()

    row = rows(fact)[missing[kind]]

    assert (row.display, row.source_url) == ("", "")
    page = client.get(fact.get_absolute_url()).content.decode()
    assert '–<span class="visually-hidden"> not known</span>' in page


def test_a_derived_figure_says_so_and_explains_itself(client, rows):
    notes = "kept; int8 derived = 2x fp16 dense (Ada ratio)"
    chip = make_hardware(
        int8_tops=Decimal(568), marks={"int8_tops": "derived"}, notes=notes
    )

    row = rows(chip)["INT8, dense"]

    assert (row.mark, row.mark_note) == (
        "derived",
        "INT8 derived = 2x FP16 dense (Ada ratio)",
    )
    page = client.get(chip.get_absolute_url()).content.decode()
    assert "worked out from another figure, not printed by a source." in page
    assert "INT8 derived = 2x FP16 dense (Ada ratio)" in page


def test_a_mark_of_the_whole_row_stands_above_the_facts_and_on_none(client, rows):
    notes = "CONFLICT between the two data sheets"
    chip = make_hardware(marks={"": "doubtful"}, notes=notes, architecture="Ada")

    mark = client.get(chip.get_absolute_url()).context["row_mark"]

    assert (mark.mark, mark.words) == ("doubtful", notes)
    assert not any(row.mark for row in rows(chip).values())


def test_every_section_of_the_contents_is_on_the_page(client):
    for fact in (make_engine(), make_hardware(), make_ai_model()):
        make_benchmark()
        response = client.get(fact.get_absolute_url())
        for anchor, _ in response.context["contents"]:
            assert f'id="{anchor}"' in response.content.decode(), anchor


@every_kind
def test_an_alias_redirects_for_good(client, kind):
    fact = MAKE[kind]()
    Alias.objects.create(fact_type=kind, alias="old-name", target_uid=fact.uid)

    response = client.get(URL[kind].format("old-name"))

    assert response.status_code == 301
    assert response["Location"] == fact.get_absolute_url()


@every_kind
def test_a_dotted_slug_redirects_for_good(client, kind):
    fact = MAKE[kind]("Some 3 1 8b")

    response = client.get(URL[kind].format("Some-3.1_8b"))

    assert response.status_code == 301
    assert response["Location"] == fact.get_absolute_url()


@every_kind
def test_an_alias_of_another_kind_of_fact_leads_nowhere(client, kind):
    other = "model" if kind == "engine" else "engine"
    Alias.objects.create(fact_type=other, alias="name", target_uid=MAKE[other]().uid)

    assert client.get(URL[kind].format("name")).status_code == 404


@every_kind
def test_an_unknown_slug_is_not_found(client, kind):
    assert client.get(URL[kind].format("nothing-of-that-name")).status_code == 404


@every_kind
def test_a_page_that_has_not_changed_is_not_sent_twice(client, kind):
    url = MAKE[kind]().get_absolute_url()
    tag = client.get(url)["ETag"]

    assert client.get(url, headers={"if-none-match": tag}).status_code == 304


def enrich(kind, fact, number):
    """One more of everything that hangs on `fact`."""
    if kind == "engine":
        make_release(fact, role="other", version=f"{number}")
        for axis in ("backend", "feature", "format"):
            make_support_cell(fact, axis=axis, key=f"key_{number}")
        make_failure_mode(fact)
        fact.statements.create(claim=f"Claim {number}", source=make_source())
    elif kind == "hardware":
        make_price(fact, amount=Decimal(100 + number))
    else:
        make_model_file(fact, publisher=f"publisher {number}")
        HostedPrice.objects.create(
            ai_model=fact,
            provider=f"Provider {number}",
            model_name="model",
            input_usd_per_million_tokens=Decimal("0.1"),
            observed_on=datetime.date(2026, 11, 1),
            source=make_source(),
        )
    cite(fact, kind, "source" if number % 2 else "name")
    link = {"model": "ai_model"}.get(kind, kind)
    make_benchmark(**{link: fact})


@every_kind
def test_the_number_of_statements_does_not_grow_with_what_hangs_on_a_fact(client, kind):
    fact = MAKE[kind]()
    counts = []
    for begin, end in ((0, 1), (1, 7)):
        for number in range(begin, end):
            enrich(kind, fact, number)
        with CaptureQueriesContext(
            connection,
        ) as statements:
            assert client.get(fact.get_absolute_url()).status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]
    assert counts[1] <= 14


def test_the_fullest_page_stays_within_fourteen_statements(client):
    comparison = make_published_comparison(names=["Alpha", "Beta"])
    engine = comparison.sides.first().engine
    publish_document(make_verdict(engine=engine))
    for number in range(3):
        enrich("engine", engine, number)
    for row in (engine.releases.first(), engine.cells.first()):
        row.note = "Changed"
        row.save()

    with CaptureQueriesContext(
        connection,
    ) as statements:
        response = client.get(engine.get_absolute_url())

    anchors = [anchor for anchor, _ in response.context["contents"]]
    assert {"verdict", "compared", "features", "releases", "history"} <= set(anchors)
    assert response.context["change_count"] >= 3
    assert len(statements) <= 14
