"""The languages that publishers state: read, kept, shown, and filtered by."""

import doctest
import json
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from catalog import languages
from catalog.languages import LANGUAGES, Stated
from catalog.models import AIModel, ModelLanguages
from tests.catalog.data_files import DATA, copy_few_rows, read_rows, set_cells
from tests.catalog.factories import make_ai_model, make_model_languages
from tests.page_words import words_of

pytestmark = pytest.mark.django_db

FILE = "model_languages.csv"
SLUG = "llama-3.1-8b-instruct"


@pytest.fixture
def directory(tmp_path):
    return copy_few_rows(tmp_path)


def load(directory):
    out = StringIO()
    call_command("load_catalog", directory=directory, stdout=out)
    return out.getvalue()


def row_of(client, model):
    """The line of the model's page that tells its languages."""
    tables = client.get(model.get_absolute_url()).context["tables"]
    rows = [row for table in tables for row in table.rows]
    return next(row for row in rows if row.label == "Languages")


def listed(client, **parameters):
    page = client.get("/models/", {"sort": "name", **parameters})
    return [line.name for line in page.context["listing_page"].lines]


def options(client, **parameters):
    """The offered languages with their counts, in the order of the page."""
    page = client.get("/models/", parameters).context["listing_page"]
    group = next(group for group in page.groups if group.name == "language")
    return [(line.label, line.count) for line in [*group.options, *group.more]]


@pytest.mark.static
def test_examples_of_the_statements_hold():
    assert doctest.testmod(languages).failed == 0


@pytest.mark.static
def test_names_are_told_in_their_order():
    assert list(LANGUAGES.values()) == sorted(LANGUAGES.values())


@pytest.mark.static
def test_every_shipped_row_names_its_page_and_no_more_than_it_counts():
    for row in read_rows(DATA / FILE):
        codes, count = row["languages"].split(), row["stated_count"]
        assert row["source_url"].startswith("https://")
        assert codes == sorted(set(codes))
        assert not count or int(count) >= len(codes)


@pytest.mark.static
def test_over_so_many_leaves_a_language_open_even_where_so_many_are_named():
    assert Stated("en fr", 2).has("de") is False
    assert Stated("en fr", 2, is_at_least=True).has("de") is None


def test_a_row_of_the_file_becomes_a_statement_with_its_source(directory):
    load(directory)

    row = AIModel.objects.get(slug="llama-3-1-8b-instruct").languages

    assert row.stated == Stated("de en es fr hi it pt th", 8)
    assert row.source.title == "Llama 3.1 model card"
    assert str(row.source.retrieved_on) == "2026-11-26"
    assert row.history.get().history_change_reason == "Import"


def test_a_statement_made_by_hand_is_the_one_of_the_file(directory):
    load(directory)
    model = AIModel.objects.get(slug="llama-3-1-8b-instruct")
    model.languages.delete()
    make_model_languages(model, "en")

    said = load(directory)

    assert ModelLanguages.objects.get(ai_model=model).codes == "en"
    assert "an editor wrote “en”" in said


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"languages": "en xx"}, "“xx” is no known code of a language"),
        ({"languages": "en en"}, "a language stands there twice"),
        ({"stated_count": "3"}, "3 is less than the 8 named"),
        ({"languages": "", "stated_count": ""}, "neither languages nor a number"),
        ({"source_url": ""}, "source_url: is empty"),
    ],
)
def test_a_statement_that_cannot_be_is_refused(directory, cells, reason):
    set_cells(directory / FILE, SLUG, **cells)
    err = StringIO()

    with pytest.raises(CommandError):
        call_command("load_catalog", directory=directory, stderr=err)

    assert f"{FILE}, line 2" in err.getvalue()
    assert reason in err.getvalue()


def test_a_model_that_is_not_in_the_files_is_refused(directory):
    set_cells(directory / FILE, SLUG, model_slug="llama-9")
    err = StringIO()

    with pytest.raises(CommandError):
        call_command("load_catalog", directory=directory, stderr=err)

    assert "“llama-9” is not in models.csv" in err.getvalue()


def test_a_statement_says_something():
    model = make_ai_model()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_model_languages(model, "")
    make_model_languages(model, "", stated_count=140)


def test_codes_are_checked_in_the_desk_too():
    row = make_model_languages(codes="en klingon")

    with pytest.raises(ValidationError, match="klingon: no known code"):
        row.full_clean()

    row.codes, row.stated_count = "en fr", 1
    with pytest.raises(ValidationError, match="less than the 2 named"):
        row.full_clean()


def test_a_models_page_names_the_languages_and_their_source(client):
    model = make_ai_model()
    statement = make_model_languages(
        model, "de en", stated_count=2, notes="For text only."
    )

    row = row_of(client, model)

    assert (row.display, row.note) == ("English and German", "For text only.")
    assert row.source_url == statement.source.url


@pytest.mark.parametrize(
    ("codes", "count", "at_least", "display", "note"),
    [
        ("", 140, True, "Over 140 languages (not named)", ""),
        ("", 201, False, "201 languages (not named)", ""),
        ("de ja", 26, False, "26 languages (2 named)", "Named: German and Japanese."),
        ("fr", None, False, "French", ""),
    ],
)
def test_a_number_is_told_as_a_number(client, codes, count, at_least, display, note):
    model = make_ai_model()
    make_model_languages(model, codes, stated_count=count, is_at_least=at_least)

    row = row_of(client, model)

    assert (row.display, row.note) == (display, note)


def test_many_names_are_counted_and_stand_below(client):
    model = make_ai_model()
    make_model_languages(model, " ".join(list(LANGUAGES)[:30]))

    row = row_of(client, model)

    assert row.display == "30 languages"
    assert row.note.startswith("Named: Afrikaans, Albanian, Amharic,")


def test_a_model_of_which_nothing_is_stated_has_a_dash(client):
    assert row_of(client, make_ai_model()).display == ""


def test_a_changed_statement_is_in_the_models_history(client):
    model = make_ai_model()
    row = make_model_languages(model, "en")
    row.codes = "en fr"
    row.save()

    words = words_of(client.get(model.get_absolute_url()))

    assert "Languages: English and French Languages en → became en fr" in words


def test_any_of_the_ticked_languages_will_do_and_what_is_not_named_stays_out(client):
    make_model_languages(make_ai_model("German"), "de en")
    make_model_languages(make_ai_model("Norse"), "no")
    make_model_languages(make_ai_model("Counted"), "", stated_count=140)
    make_ai_model("Silent")

    assert listed(client, language="de") == ["German"]
    assert listed(client, language=["de", "no"]) == ["German", "Norse"]
    assert listed(client, language="not-named") == ["Counted"]
    assert listed(client, language=["not-stated", "de"]) == ["German", "Silent"]
    assert listed(client, language="klingon") == [
        *("Counted", "German", "Norse", "Silent")
    ]


def test_a_code_is_not_found_within_another(client):
    make_model_languages(make_ai_model("Cebuano"), "ceb war")

    assert listed(client, language="ar") == []
    assert listed(client, language="war") == ["Cebuano"]


def test_the_commonest_languages_are_offered_first_and_the_unknown_last(client):
    make_model_languages(make_ai_model(), "de en")
    make_model_languages(make_ai_model(), "en")
    make_model_languages(make_ai_model(), "", stated_count=140)
    for _ in range(3):
        make_ai_model(modality="code")

    assert options(client) == [
        ("English", "2"),
        *(("A number, none named", "1"), ("German", "1"), ("Not stated", "3")),
    ]
    assert options(client, task="text", language="de")[:2] == [
        *(("English", "2"), ("A number, none named", "1")),
    ]


def test_a_long_list_of_names_is_folded_and_a_short_one_is_not(client):
    many, few = make_ai_model(), make_ai_model()
    make_model_languages(many, " ".join(LANGUAGES))
    make_model_languages(few, "de en", stated_count=29)

    folded = '<details class="facts__note">'
    assert folded in client.get(many.get_absolute_url()).content.decode()
    assert folded not in client.get(few.get_absolute_url()).content.decode()


def test_the_export_holds_codes_number_and_source(client):
    statement = make_model_languages(make_ai_model(), "de", stated_count=26)

    response = client.get("/models/list.json")
    (row,) = json.loads(b"".join(response.streaming_content))["rows"]

    assert row["languages"] == "de"
    assert row["languages_stated_count"] == 26
    assert row["languages_count_is_lower_bound"] is False
    assert row["languages_source_url"] == statement.source.url
