"""Two people save one text: both are put together, and no word of either is lost."""

import pytest

from comparisons.models import DecisionRule
from editorial.models import Checkpoint, Scratch
from tests.comparisons.factories import make_comparison
from tests.desk.test_document_form import change_url, data_of
from tests.editorial.factories import make_source, make_writer

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def opened(client, url):
    """The form as a browser sends it back, with what it remembers of its opening."""
    context = client.get(url).context
    remembered = context["opened"]
    return data_of(context) | {
        "opened_digest": remembered.digest,
        "opened_rows": remembered.rows,
        "scratch_key": remembered.key,
    }


def hidden(response):
    """What the page of a conflict sends along."""
    form = response.context["form"]
    return {field.html_name: field.value() for field in form}


def merge_url(comparison):
    return f"{change_url(comparison)[:-7]}merge/"


@pytest.fixture
def wilma(client):
    person = make_writer("wilma")
    client.force_login(person)
    return person


def collide(client, comparison, *, theirs, mine):
    """Both open the form; one saves, and then the other. Answers the second answer."""
    url = change_url(comparison)
    late = opened(client, url) | mine
    assert client.post(url, opened(client, url) | theirs).status_code == 302
    return client.post(url, late)


def test_changes_in_different_places_are_saved_as_one_text(client, wilma):
    comparison = make_comparison(thesis="As it was.")

    page = collide(
        client,
        comparison,
        theirs={"thesis": "Their thesis."},
        mine={"verdict": "My verdict.", "rules-0-reason": "My reason."},
    )

    assert page.status_code == 409
    assert page.context["meeting"].collisions() == []
    answer = client.post(merge_url(comparison), hidden(page))
    assert answer.status_code == 302, answer.context["problems"]
    comparison.refresh_from_db()
    assert (comparison.thesis, comparison.verdict) == ("Their thesis.", "My verdict.")
    assert comparison.rules.first().reason == "My reason."
    assert Checkpoint.objects.filter(is_conflict=True).count() == 1


@pytest.mark.parametrize(
    ("choice", "text", "saved"),
    [
        ("mine", "", "My words."),
        ("theirs", "", "Their words."),
        ("together", "Their words and mine.", "Their words and mine."),
    ],
)
def test_one_field_that_both_changed_is_decided_by_the_second(
    client, wilma, choice, text, saved
):
    comparison = make_comparison(thesis="As it was.")
    page = collide(
        client,
        comparison,
        theirs={"thesis": "Their words."},
        mine={"thesis": "My words."},
    )

    data = hidden(page) | {"choice:thesis": choice, "text:thesis": text}
    client.post(merge_url(comparison), data)

    comparison.refresh_from_db()
    assert comparison.thesis == saved


def test_a_conflict_that_nobody_decided_saves_nothing_and_keeps_what_was_typed(
    client, wilma
):
    comparison = make_comparison(thesis="As it was.", verdict="As it was.")
    page = collide(
        client,
        comparison,
        theirs={"thesis": "Their words.", "verdict": "Theirs."},
        mine={"thesis": "My words.", "verdict": "Mine."},
    )

    data = hidden(page) | {
        "choice:thesis": "together",
        "text:thesis": "A third thesis.",
    }
    answer = client.post(merge_url(comparison), data)

    words = answer.content.decode()
    assert answer.status_code == 409
    assert "Decide about: Verdict." in words
    assert "A third thesis." in words
    comparison.refresh_from_db()
    assert comparison.thesis == "Their words."


def test_words_that_do_not_fit_are_refused_with_a_sentence(client, wilma):
    comparison = make_comparison(thesis="As it was.")
    page = collide(
        client, comparison, theirs={"thesis": "Theirs."}, mine={"thesis": "Mine."}
    )

    data = hidden(page) | {"choice:thesis": "together", "text:thesis": "x" * 301}
    answer = client.post(merge_url(comparison), data)

    assert "Thesis has 301 characters; at most 300 fit." in answer.content.decode()
    comparison.refresh_from_db()
    assert comparison.thesis == "Theirs."


def test_a_row_that_one_removed_and_the_other_edited_can_be_kept(client, wilma):
    comparison = make_comparison()
    rule = comparison.rules.first()

    page = collide(
        client,
        comparison,
        theirs={"rules-0-DELETE": "on"},
        mine={"rules-0-reason": "A better reason."},
    )

    assert page.status_code == 409
    assert not DecisionRule.objects.filter(pk=rule.pk).exists()
    (collision,) = page.context["meeting"].collisions()
    assert collision.removed_by_them
    key = collision.conflict.key
    client.post(merge_url(comparison), hidden(page) | {f"choice:{key}": "mine"})
    assert comparison.rules.get(uid=rule.uid).reason == "A better reason."


def test_a_side_that_one_removed_comes_back_when_the_other_rated_it(client, wilma):
    comparison = make_comparison(names=["Alpha", "Beta", "Gamma"])
    gamma = comparison.sides.last()
    field = f"dimensions-0-side_{gamma.pk}_reason"

    page = collide(
        client,
        comparison,
        theirs={"sides-2-DELETE": "on"},
        mine={field: "Because it is quick.", "rules-2-reason": "Mine."},
    )

    assert comparison.sides.count() == 2
    decisions = {
        f"choice:{row.conflict.key}": "mine"
        for row in page.context["meeting"].collisions()
    }
    answer = client.post(merge_url(comparison), hidden(page) | decisions)
    assert answer.status_code == 302
    side = comparison.sides.get(uid=gamma.uid)
    rating = comparison.dimensions.first().ratings.get(side=side)
    assert rating.reason == "Because it is quick."


def test_two_who_rate_the_same_side_make_one_rating(client, wilma):
    comparison = make_comparison()
    dimension = comparison.dimensions.first()
    side = comparison.sides.first()
    dimension.ratings.filter(side=side).delete()
    client.post(change_url(comparison), opened(client, change_url(comparison)))
    name = f"dimensions-0-side_{side.pk}_"

    page = collide(
        client,
        comparison,
        theirs={f"{name}value": "poor", f"{name}reason": "Theirs."},
        mine={f"{name}value": "poor", f"{name}reason": "Mine."},
    )

    (collision,) = page.context["meeting"].collisions()
    data = hidden(page) | {f"choice:{collision.conflict.key}": "mine"}
    assert client.post(merge_url(comparison), data).status_code == 302
    assert dimension.ratings.get(side=side).reason == "Mine."


def test_a_third_person_leads_to_the_page_again_with_what_was_decided(client, wilma):
    comparison = make_comparison(thesis="As it was.")
    page = collide(
        client, comparison, theirs={"thesis": "Theirs."}, mine={"thesis": "Mine."}
    )
    url = change_url(comparison)
    client.post(url, opened(client, url) | {"verdict": "A third one."})

    data = hidden(page) | {"choice:thesis": "together", "text:thesis": "Decided."}
    again = client.post(merge_url(comparison), data)

    assert again.status_code == 409
    assert again.context["meeting"].collisions() == []
    comparison.refresh_from_db()
    assert comparison.thesis == "Theirs."
    client.post(merge_url(comparison), hidden(again))
    comparison.refresh_from_db()
    assert (comparison.thesis, comparison.verdict) == ("Decided.", "A third one.")


def test_sources_and_the_change_note_of_both_are_merged(client, wilma):
    comparison = make_comparison()
    first, second = make_source(), make_source()

    page = collide(
        client,
        comparison,
        theirs={"answer_sources": first.url},
        mine={"answer_sources": second.url, "change_note": "A better answer."},
    )
    client.post(merge_url(comparison), hidden(page))

    comparison.refresh_from_db()
    assert set(comparison.answer_sources.all()) == {first, second}
    assert comparison.change_note == "A better answer."


def test_without_the_text_that_both_opened_the_page_shows_both(client, wilma):
    comparison = make_comparison(thesis="As it was.")
    url = change_url(comparison)
    late = opened(client, url) | {"thesis": "Mine."}
    client.post(url, opened(client, url) | {"thesis": "Theirs."})
    Checkpoint.objects.filter(body__thesis="As it was.").delete()

    page = client.post(url, late)

    words = page.content.decode()
    assert page.status_code == 409
    assert "is not kept any more" in words
    assert "<del>Theirs.</del><ins>Mine.</ins>" in words


def test_a_mistake_in_a_late_form_is_shown_beside_its_field(client, wilma):
    comparison = make_comparison()
    rule = comparison.rules.first()
    url = change_url(comparison)
    late = opened(client, url) | {"title": "", "rules-0-reason": "Kept on the form."}
    client.post(url, opened(client, url) | {"rules-0-DELETE": "on"})

    page = client.post(url, late)

    words = page.content.decode()
    assert page.status_code == 200
    assert "This field is required." in words
    assert "Kept on the form." in words
    assert not comparison.rules.filter(pk=rule.pk).exists()


def test_the_scratch_goes_when_the_merge_is_saved_and_not_before(client, wilma):
    comparison = make_comparison(thesis="As it was.")
    url = change_url(comparison)
    late = opened(client, url) | {"thesis": "Mine."}
    Scratch.objects.create(
        person=wilma,
        kind="comparison",
        document_uid=comparison.uid,
        key=late["scratch_key"],
        fields=[["thesis", "Mine."]],
    )
    client.post(url, opened(client, url) | {"verdict": "Theirs."})

    page = client.post(url, late)
    assert Scratch.objects.count() == 1
    client.post(merge_url(comparison), hidden(page))

    assert not Scratch.objects.exists()
