"""Every model of the desk: its list, its rows and its empty form open."""

import datetime
from decimal import Decimal

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from catalog.models import Alias, EngineStatement, HostedPrice
from editorial.bulk import start_job
from editorial.models import (
    BulkJob,
    Citation,
    EditorialEvent,
    Publication,
    Recheck,
    Report,
    Verification,
)
from editorial.rechecks import open_rechecks
from editorial.roles import PUBLISHERS
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
    make_comparison,
    make_verdict,
    publish_document,
)
from tests.editorial.bundle_steps import make_bundle
from tests.editorial.factories import make_fact_editor as make_editor
from tests.editorial.factories import (
    make_publisher,
    make_source,
    make_verification,
)

pytestmark = pytest.mark.django_db

OUR_APPS = {"catalog", "benchmarks", "comparisons", "editorial"}
OUR_MODELS = sorted(
    (model for model in admin.site._registry if model._meta.app_label in OUR_APPS),
    key=lambda model: model._meta.label,
)
WRITTEN_BY_THE_SITE = [
    *(BulkJob, EditorialEvent, Publication, Recheck, Report, Verification),
]
WRITTEN_BY_EDITORS = [row for row in OUR_MODELS if row not in WRITTEN_BY_THE_SITE]


def page(model, name, *args):
    return reverse(
        f"admin:{model._meta.label_lower.replace('.', '_')}_{name}", args=args
    )


def by_name(models):
    return pytest.mark.parametrize("model", models, ids=lambda model: model.__name__)


@pytest.fixture
def fact_editor(client):
    """Who keeps the facts, and publishes as well: one person in two groups."""
    fact_editor = make_editor("petra")
    fact_editor.groups.add(Group.objects.get(name=PUBLISHERS))
    client.force_login(fact_editor)
    return fact_editor


@pytest.fixture
def one_of_each():
    """A row of every model in the desk."""
    engine, chip, model = make_engine(), make_hardware(), make_ai_model()
    for make in (make_release, make_support_cell, make_failure_mode):
        make(engine)
    EngineStatement.objects.create(engine=engine, claim="So.", source=make_source())
    make_price(chip)
    make_model_file(model)
    make_benchmark(engine=engine, hardware=chip, ai_model=model)
    HostedPrice.objects.create(
        provider="Someone",
        model_name="model",
        input_usd_per_million_tokens=Decimal("0.1"),
        observed_on=datetime.date(2026, 11, 1),
        source=make_source(),
    )
    Alias.objects.create(fact_type="engine", alias="old", target_uid=engine.uid)
    cited = {"subject_type": "engine", "subject_uid": engine.uid}
    day = datetime.date(2026, 11, 1)
    Citation.objects.create(source=make_source(), retrieved_on=day, **cited)
    Report.objects.create(page_title="A page", message="It is wrong.")
    verdict = make_verdict(engine=engine)
    publish_document(verdict)
    make_verification(verdict)
    open_rechecks("engine", [engine.uid], reason="A test.")
    comparison = make_comparison()
    make_bundle(comparison, by=make_publisher("bruno"))
    start_job("submit", [comparison], by=make_publisher("jo"))


@by_name(WRITTEN_BY_EDITORS)
def test_every_list_opens_and_can_be_searched(client, fact_editor, one_of_each, model):
    url = page(model, "changelist")

    assert client.get(url).context["cl"].result_count > 0
    if admin.site._registry[model].search_fields:
        found = client.get(url, {"q": "no such row 'at all'"})
        assert found.context["cl"].result_count == 0


@by_name(WRITTEN_BY_EDITORS)
def test_every_row_and_every_empty_form_opens(client, fact_editor, one_of_each, model):
    row = model._default_manager.first()

    assert client.get(page(model, "change", row.pk)).status_code == 200
    assert client.get(page(model, "add")).status_code == 200


@by_name(WRITTEN_BY_THE_SITE)
def test_what_the_site_writes_is_read_and_never_typed(admin_client, one_of_each, model):
    row = model._default_manager.first()

    assert admin_client.get(page(model, "changelist")).status_code == 200
    assert admin_client.get(page(model, "change", row.pk)).status_code == 200
    assert admin_client.get(page(model, "add")).status_code == 403
