"""What was published stays as it was, whoever asks the database."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from editorial.models import EditorialEvent, Publication, PublicationReference
from editorial.triggers import check_triggers, install_triggers, trigger_name
from tests.comparisons.factories import make_published_comparison
from tests.editorial.factories import make_writer

pytestmark = pytest.mark.django_db

LATER = datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC)
MODELS = [Publication, PublicationReference, EditorialEvent]
FROZEN = [
    (model, field.column)
    for model in MODELS
    for field in model._meta.concrete_fields
    if field.column != "visible_until"
]
OTHER_VALUES = {
    "UUIDField": "00000000-0000-4000-8000-000000000000",
    "DateField": datetime.date(2030, 1, 1),
    "DateTimeField": LATER,
    "JSONField": '{"title": "Rewritten"}',
    "PositiveIntegerField": 77,
    "PositiveSmallIntegerField": 77,
    "BigAutoField": 770077,
    "CharField": "rewritten",
    "GenericIPAddressField": "192.0.2.77",
}


def other_value(model, column):
    field = next(f for f in model._meta.concrete_fields if f.column == column)
    if column == "actor_id":
        return make_writer().pk
    if column == "publication_id":
        return make_published_comparison() and Publication.objects.last().pk
    value = OTHER_VALUES[field.get_internal_type()]
    if connection.vendor == "sqlite" and field.get_internal_type() == "UUIDField":
        return value.replace("-", "")
    return value


def update(model, column, value):
    """A statement past every manager; answers how many rows it changed."""
    table = model._meta.db_table
    marker = "%s::jsonb" if column == "body" and is_postgresql() else "%s"
    oldest = f'SELECT min(id) FROM "{table}"'
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{table}" SET "{column}" = {marker} WHERE id = ({oldest})',
            [value],
        )
        return cursor.rowcount


def is_postgresql():
    return connection.vendor == "postgresql"


def drop_trigger(model):
    name, table = trigger_name(model), model._meta.db_table
    on = f' ON "{table}"' if is_postgresql() else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"{on}')


def failing_checks():
    return [error.id for error in check_triggers(None, databases=["default"])]


@pytest.mark.parametrize(
    ("model", "column"),
    FROZEN,
    ids=[f"{model.__name__}.{column}" for model, column in FROZEN],
)
def test_no_statement_changes_a_frozen_column(model, column):
    make_published_comparison()

    with pytest.raises(DatabaseError, match=f"{model._meta.db_table} is immutable"):
        update(model, column, other_value(model, column))


@pytest.mark.parametrize("model", MODELS)
def test_without_its_trigger_the_same_statement_would_pass(model):
    make_published_comparison()
    drop_trigger(model)
    column = "digest" if model is Publication else model._meta.fields[2].column

    assert update(model, column, other_value(model, column)) == 1


def test_the_end_of_a_window_may_be_set():
    make_published_comparison()

    assert update(Publication, "visible_until", LATER) == 1
    assert Publication.objects.get().visible_until == LATER


def test_a_window_cannot_end_before_it_begins():
    make_published_comparison()
    early = timezone.now() - datetime.timedelta(days=400)

    with pytest.raises(DatabaseError):
        update(Publication, "visible_until", early)


@pytest.mark.parametrize("model", MODELS)
def test_no_manager_changes_what_is_frozen(model):
    make_published_comparison()
    row = model.objects.first()
    field = "title" if model is Publication else "note"
    field = "role" if model is PublicationReference else field
    setattr(row, field, "rewritten")

    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{field: "rewritten"})
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        model.objects.bulk_update([row], [field])


@pytest.mark.parametrize("model", MODELS)
def test_what_is_frozen_cannot_be_deleted(model):
    make_published_comparison()
    number = model.objects.count()

    with pytest.raises(PermissionError, match="never deleted"):
        model.objects.first().delete()
    with pytest.raises(PermissionError, match="never deleted"):
        model.objects.all().delete()

    assert model.objects.count() == number


@pytest.mark.parametrize("model", MODELS)
def test_a_missing_trigger_fails_the_system_check(model):
    assert failing_checks() == []

    drop_trigger(model)

    assert failing_checks() == ["editorial.E001"]
    with pytest.raises(CommandError, match=r"editorial\.E001"):
        call_command("check", databases=["default"])


def test_migrating_installs_what_is_missing():
    for model in MODELS:
        drop_trigger(model)
    assert len(failing_checks()) == len(MODELS)

    install_triggers()

    assert failing_checks() == []


def test_a_trigger_that_is_switched_off_fails_the_system_check():
    if not is_postgresql():
        pytest.skip("only PostgreSQL can switch a trigger off")
    name = trigger_name(Publication)
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE editorial_publication DISABLE TRIGGER "{name}"')

    assert failing_checks() == ["editorial.E001"]
