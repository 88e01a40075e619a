"""A short address under which an answer stays as it was."""

import datetime

import pytest
import time_machine

from calculators.models import FrozenAnswer
from editorial.models import AttemptCount
from tests.calculators.factories import make_card, make_llama
from tests.catalog.factories import make_engine
from tests.page_words import words_of

pytestmark = pytest.mark.django_db
KEEP = "/will-it-run/keep/"
QUESTION = "model=llama-3-1-8b-instruct&hardware=rtx-4090&context=4096"
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def llama():
    make_engine("llama.cpp", slug="llama-cpp")
    make_card()
    return make_llama()


def keep(client, question=QUESTION, headers=HERE):
    return client.post(KEEP, {"question": question}, headers=headers)


def test_an_answer_is_kept_with_inputs_formulas_and_date(client, llama):
    with time_machine.travel(datetime.datetime(2026, 11, 26, 9), tick=False):
        response = keep(client)

    row = FrozenAnswer.objects.get()
    assert response["Location"] == f"/will-it-run/p/{row.code}/"
    assert row.question == QUESTION
    assert row.data_on == datetime.date(2026, 11, 26)
    assert "2026-11" in row.formulas
    words = words_of(client.get(row.get_absolute_url()))
    assert "Runs, comfortable." in words
    assert "4096 tokens" in words
    assert "Asked again today, the answer is the same." in words


def test_the_same_question_on_the_same_day_has_the_same_address(client, llama):
    assert keep(client)["Location"] == keep(client)["Location"]
    assert FrozenAnswer.objects.count() == 1


def test_what_has_moved_since_is_said_and_the_answer_stays(client, llama):
    keep(client)
    row = FrozenAnswer.objects.get()
    needs = row.answer["figures"][0]["value"]
    llama.total_parameters, llama.layers = 12_000_000_000, 48
    llama.save()

    words = words_of(client.get(row.get_absolute_url()))

    assert "Today the answer differs." in words
    assert f"Needs: was {needs} GiB, now" in words
    assert row.answer["sentence"] in words


def test_an_answer_outlives_its_model(client, llama):
    keep(client)
    llama.delete()

    words = words_of(client.get(FrozenAnswer.objects.get().get_absolute_url()))

    assert "The question has none today." in words
    assert "Runs, comfortable." in words


def test_other_sites_programs_and_empty_questions_keep_nothing(client, llama):
    assert keep(client, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert keep(client, headers={}).status_code == 403
    assert keep(client, question="model=nothing").status_code == 422
    assert client.get(KEEP).status_code == 405
    assert not FrozenAnswer.objects.exists()


def test_one_sender_can_keep_only_so_many(client, llama):
    keep(client)
    AttemptCount.objects.exclude(key="").update(count=60)

    response = keep(client)

    assert response.status_code == 429
    assert "The answer was not kept" in words_of(response)


def test_the_kept_page_is_cached_and_unknown_codes_are_not_found(client, llama):
    path = keep(client)["Location"]

    response = client.get(path)

    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert client.get("/will-it-run/p/nothing/").status_code == 404
