"""`rebuild_search` repairs the index, and says whether it is in order."""

import io
import logging

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from editorial.models import SearchEntry, SearchWord
from editorial.search import storage
from editorial.search.finding import search
from editorial.search.index import rebuild
from tests.catalog.factories import make_engine, make_hardware
from tests.search.finding import is_in_order, titles

pytestmark = pytest.mark.django_db

only_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL keeps its own index"
)
only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has its own trigrams"
)


def run(**options):
    """What the command says."""
    out = io.StringIO()
    call_command("rebuild_search", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def chip():
    chip = make_hardware("Quokka 4090")
    rebuild()
    return chip


def test_missing_changed_and_stray_entries_are_put_right(chip):
    make_engine("Wombat")
    SearchEntry.objects.filter(kind="hardware").update(tokens="#hardware other")
    for kind in ("model", "gone"):
        SearchEntry.objects.create(
            kind=kind, key="x", scope="x", title="Stray", url="/", names="stray"
        )

    said = run()

    assert "engine: 1 missing, 0 out of date, 0 without a subject, 0 in order" in said
    assert "hardware: 0 missing, 1 out of date" in said
    assert "model: 0 missing, 0 out of date, 1 without a subject" in said
    assert (titles("quokka"), titles("wombat")) == (["Quokka 4090"], ["Wombat"])
    assert not SearchEntry.objects.filter(title="Stray").exists()


def test_a_second_run_has_nothing_to_do(chip):
    pks = list(SearchEntry.objects.values_list("pk", flat=True))

    said = run()

    assert "hardware: 0 missing, 0 out of date, 0 without a subject, 1 in order" in said
    assert list(SearchEntry.objects.values_list("pk", flat=True)) == pks


def test_a_check_writes_nothing_and_fails_until_the_index_is_repaired(chip):
    run(check=True)
    SearchEntry.objects.all().delete()

    with pytest.raises(CommandError, match="run `manage.py rebuild_search`"):
        run(check=True)

    assert not SearchEntry.objects.exists()
    run()
    run(check=True)


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(chip, monkeypatch):
    make_engine("Wombat")
    monkeypatch.setattr("editorial.search.storage.refill", lambda connection: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        run()

    assert titles("wombat") == []
    assert titles("quokka") == ["Quokka 4090"]


def test_words_of_names_that_are_gone_are_no_longer_meant(chip):
    chip.delete()

    run()

    assert not SearchWord.objects.filter(word="quokka").exists()
    assert search("quokak").suggestion == ""


@only_sqlite
def test_a_damaged_index_of_sqlite_is_found_and_made_again(chip):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO editorial_searchtext(editorial_searchtext) "
            "VALUES ('delete-all')"
        )
    assert titles("quokka") == []
    assert is_in_order()
    with pytest.raises(CommandError):
        run(check=True)

    run()

    assert titles("quokka") == ["Quokka 4090"]
    run(check=True)


@only_sqlite
def test_a_lost_trigger_is_reported_and_installed_again(chip):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER search_entry_changed")

    (error,) = storage.check_search_index(None, databases=["default"])
    storage.install_search_index()

    assert error.id == "editorial.E002"
    assert storage.check_search_index(None, databases=["default"]) == []


@only_postgresql
def test_without_trigrams_search_works_but_guesses_nothing(chip):
    assert search("quokak").suggestion == "quokka"
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION pg_trgm CASCADE")

    (warning,) = storage.check_search_index(None, databases=["default"])

    assert warning.id == "editorial.W001"
    assert titles("quokka 40") == ["Quokka 4090"]
    assert search("quokak").suggestion == ""


@only_postgresql
def test_a_login_that_may_not_add_trigrams_is_told_so(chip, caplog):
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION pg_trgm CASCADE")
        cursor.execute("CREATE ROLE quokka_keeper")
        cursor.execute("SET LOCAL ROLE quokka_keeper")
        with caplog.at_level(logging.WARNING, logger="editorial.search"):
            storage.install_search_index()
        cursor.execute("RESET ROLE")

    assert "it offers no “did you mean”" in caplog.text
    storage.install_search_index()
    assert search("quokak").suggestion == "quokka"
