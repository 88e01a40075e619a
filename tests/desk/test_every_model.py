"""Every model of the desk: its list, its rows and its empty form open."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from editorial.models import (
    BulkJob,
    EditorialEvent,
    Publication,
    Recheck,
    Report,
    Verification,
)
from editorial.roles import PUBLISHERS
from tests.desk.walked_rows import make_one_of_each
from tests.editorial.factories import make_fact_editor as make_editor

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
    make_one_of_each()


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
