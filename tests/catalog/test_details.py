"""The pages of one engine, one chip and one model."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import Alias, HostedPrice
from editorial.models import Citation
from editorial.vocabularies import VOLATILE_DAYS
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
    cell = make_support_cell(engine, axis="backend", key="nvidia_cuda")

    shown = rows(engine)

    assert shown["Licence"].display == "Apache-2.0"
    assert shown["Licence"].source_url == engine.source.url
    assert shown["Latest seen"].display == "0.26.0 · 1 Aug 2026"
    assert shown["Latest seen"].source_url == release.source.url
    assert shown["NVIDIA CUDA"].source_url == cell.source.url


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


def test_a_support_cell_that_nobody_knows_is_a_dash(rows):
    engine = make_engine()
    make_support_cell(engine, key="vision", value="unknown", source=None)

    assert rows(engine)["Vision"].display == ""


def test_a_derived_figure_says_so_on_the_page(client, rows):
    chip = make_hardware(int8_tops=Decimal(568), marks={"int8_tops": "derived"})

    assert rows(chip)["INT8, dense"].mark == "derived"
    page = client.get(chip.get_absolute_url()).content.decode()
    assert '#marks">derived</a>' in page


@pytest.mark.parametrize(("days", "is_old"), [(0, False), (1, True)])
def test_a_price_beyond_the_limit_is_marked_old_and_still_shown(client, days, is_old):
    seen_on = timezone.now().date() - datetime.timedelta(days=VOLATILE_DAYS + days)
    price = make_price(observed_on=seen_on)

    (shown,) = client.get(price.hardware.get_absolute_url()).context["prices"]

    assert shown.is_old is is_old
    assert (shown.amount, shown.source_url) == ("1\u202f599 USD", price.source.url)


def test_prices_stand_by_kind_with_the_newest_first(client):
    chip = make_hardware()
    for seller, kind, month in (
        ("old", "street_new", 1),
        ("new", "street_new", 3),
        ("maker", "msrp", 2),
    ):
        seen_on = datetime.date(2026, month, 1)
        make_price(chip, seller=seller, kind=kind, observed_on=seen_on)

    prices = client.get(chip.get_absolute_url()).context["prices"]

    assert [price.seller for price in prices] == ["maker", "new", "old"]


def test_a_rounded_file_size_is_told_from_an_exact_one(client):
    model = make_ai_model()
    make_model_file(model)
    size = {"printed_size": Decimal("5.03"), "size_bytes": 5_030_000_000}
    make_model_file(model, printed_unit="GB", publisher="ollama", **size)

    files = client.get(model.get_absolute_url()).context["files"]

    assert [(file.size, file.is_exact) for file in files] == [
        ("4\u202f920\u202f000\u202f000 bytes", True),
        ("5.03 GB", False),
    ]


def test_failures_stand_on_the_engines_page_with_the_gravest_first(client):
    engine = make_engine()
    for severity in ("low", "high", "medium"):
        make_failure_mode(engine, severity=severity)

    modes = client.get(engine.get_absolute_url()).context["failure_modes"]

    assert [mode.severity for mode in modes] == ["high", "medium", "low"]


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
    assert counts[1] <= 12
