"""Every model of the desk: its list, its rows and its empty form open."""

import pytest
from django.contrib import admin

from editorial.models import (
    BulkJob,
    EditorialEvent,
    Publication,
    Recheck,
    Report,
    Verification,
)
from tests.catalog.test_admin import page
from tests.desk.walked_rows import make_one_of_each
from tests.kept_rows import kept_rows

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


def by_name(models):
    return pytest.mark.parametrize("model", models, ids=lambda model: model.__name__)


@pytest.fixture(scope="module", autouse=True)
def _one_of_each(django_db_setup, django_db_blocker):
    with kept_rows(django_db_blocker):
        make_one_of_each()
        yield


@by_name(WRITTEN_BY_EDITORS)
def test_every_list_opens_and_can_be_searched(admin_client, model):
    url = page(model, "changelist")

    assert admin_client.get(url).context["cl"].result_count > 0
    if admin.site._registry[model].search_fields:
        found = admin_client.get(url, {"q": "no such row 'at all'"})
        assert found.context["cl"].result_count == 0


@by_name(WRITTEN_BY_EDITORS)
def test_every_row_and_every_empty_form_opens(admin_client, model):
    row = model._default_manager.first()

    assert admin_client.get(page(model, "change", row.pk)).status_code == 200
    assert admin_client.get(page(model, "add")).status_code == 200


@by_name(WRITTEN_BY_THE_SITE)
def test_what_the_site_writes_is_read_and_never_typed(admin_client, model):
    row = model._default_manager.first()

    assert admin_client.get(page(model, "changelist")).status_code == 200
    assert admin_client.get(page(model, "change", row.pk)).status_code == 200
    assert admin_client.get(page(model, "add")).status_code == 403
