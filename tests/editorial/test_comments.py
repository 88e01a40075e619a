"""Comments: their place, what they bar, who may settle them, and what they outlive."""

import pytest
from django.db import IntegrityError, transaction

from comparisons.freezing import freeze_comparison
from editorial.comments import (
    CommentRefusedError,
    add_comment,
    reopen,
    reply_to,
    resolve,
)
from editorial.models import MAX_COMMENT_LENGTH, Comment, EditorialEvent
from editorial.places import places_in
from editorial.problems import NotAllowedError, NotReadyError, WrongStateError
from editorial.review import approve, publication_problems, submit
from editorial.rights import can
from editorial.workflow import publish, publish_shipped, restore
from tests.comparisons.factories import make_comparison, make_verdict
from tests.editorial.factories import make_person, make_publisher, make_writer
from tests.editorial.steps import NOON, approved, edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return make_writer("wilma")


@pytest.fixture
def publisher():
    return make_publisher("pat")


@pytest.fixture
def comparison():
    return make_comparison(names=["Alpha", "Beta"])


def sentences(document):
    return [str(problem) for problem in publication_problems(document)]


def test_a_comment_knows_its_place_by_key_and_by_name(comparison, writer):
    rule = comparison.rules.first()

    comment = add_comment(
        comparison, by=writer, place=f"{rule.uid}.reason", text="Says who?"
    )

    assert (comment.row_uid, comment.field) == (rule.uid, "reason")
    assert comment.place_label == f"Rules › “{rule.situation}” › reason"
    assert comment.author_name == "wilma"
    assert comment.digest == comparison.working_digest


def test_a_rating_is_a_place_named_by_its_dimension_and_side(comparison):
    rating = comparison.dimensions.first().ratings.first()

    place = places_in(freeze_comparison(comparison))[f"{rating.uid}.reason"]

    assert place.label == "Dimensions › “Speed” › “Alpha” › reason"
    assert place.text == rating.reason


@pytest.mark.parametrize("place", ["no_such_field", "uid", "thesis.x", "a-b-c", "kind"])
def test_only_places_of_the_text_can_be_commented_on(comparison, writer, place):
    with pytest.raises(CommentRefusedError, match="not in the text"):
        add_comment(comparison, by=writer, place=place, text="Hm.")

    assert not Comment.objects.exists()


def test_a_blocking_comment_bars_approval_until_it_is_resolved(
    comparison, writer, publisher
):
    comment = add_comment(
        comparison, by=writer, place="thesis", text="Too bold.", is_blocking=True
    )
    submit(comparison, by=writer)
    digest = comparison.working_digest
    with pytest.raises(NotReadyError, match="wilma asks for a change"):
        approve(comparison, by=publisher, digest=digest)
    (problem,) = publication_problems(comparison)
    assert problem.field == "thesis"

    resolve(comment, by=publisher)

    approve(comparison, by=publisher, digest=digest)


def test_a_blocking_comment_bars_publication_of_an_approved_text(comparison, publisher):
    approved(comparison, by=publisher)
    add_comment(comparison, by=publisher, text="Wait.", is_blocking=True)

    with pytest.raises(NotReadyError):
        publish(comparison, by=publisher)


def test_an_advisory_comment_bars_nothing(comparison, publisher):
    add_comment(comparison, by=publisher, place="title", text="A thought.")
    approved(comparison, by=publisher)

    assert publish(comparison, by=publisher).version == 1


def test_a_shipped_text_is_not_barred_by_what_is_said_here(comparison, publisher):
    add_comment(comparison, by=publisher, text="Wait.", is_blocking=True)
    body = freeze_comparison(comparison)

    publication = publish_shipped(comparison, body=body, published_at=NOON, note="")

    assert publication.version == 1


def test_an_edit_neither_loses_a_comment_nor_hides_that_its_passage_changed(
    comparison, writer
):
    comment = add_comment(comparison, by=writer, place="thesis", text="Shorter?")

    edit(comparison, by=writer, thesis="Short.")

    now = places_in(freeze_comparison(comparison))[comment.place]
    assert now.digest != comment.place_digest
    assert Comment.objects.open().get() == comment


def test_a_source_that_got_another_number_does_not_change_the_passage(
    comparison, writer
):
    mode = comparison.failure_modes.first()
    place = f"{mode.uid}.sources"
    comment = add_comment(comparison, by=writer, place=place, text="A better one?")

    comparison.answer_sources.add(*comparison.failure_modes.last().sources.all())

    now = places_in(freeze_comparison(comparison))[place]
    assert now.digest == comment.place_digest


def test_a_comment_stays_with_its_row_when_it_is_renamed_moved_and_restored(
    comparison, writer
):
    before = freeze_comparison(comparison)
    row = comparison.dimensions.first()
    comment = add_comment(comparison, by=writer, place=str(row.uid), text="Why here?")
    row.label, row.position = "Throughput", 9
    row.save()
    edit(comparison, by=writer)

    label = places_in(freeze_comparison(comparison))[comment.place].label
    assert label == "Dimensions › “Throughput”"

    restore(comparison, by=writer, body=before, note="Back.")

    comment.refresh_from_db()
    place = places_in(freeze_comparison(comparison))[comment.place]
    assert place.label == "Dimensions › “Speed”"
    assert place.digest == comment.place_digest


def test_a_comment_whose_row_is_gone_says_so_and_still_bars(comparison, writer):
    rule = comparison.rules.create(situation="You want more", position=3)
    comment = add_comment(
        comparison, by=writer, place=str(rule.uid), text="No.", is_blocking=True
    )
    rule.delete()

    (problem,) = publication_problems(comparison)

    assert "“You want more”, which is not in the text any more" in str(problem)
    assert problem.field == "comments"
    assert comment.place not in places_in(freeze_comparison(comparison))


def test_an_answer_to_an_answer_stands_in_the_same_thread(comparison, writer):
    first = add_comment(comparison, by=writer, place="title", text="One.")
    answer = reply_to(first, by=writer, text="Two.")

    assert reply_to(answer, by=writer, text="Three.").parent == first
    assert list(Comment.objects.open()) == [first]


def test_who_wrote_a_comment_may_settle_it_and_who_may_approve(
    comparison, writer, publisher
):
    other = make_writer()
    comment = add_comment(comparison, by=writer, text="Hm.")

    assert can(writer, "resolve", comparison, comment=comment)
    assert can(publisher, "resolve", comparison, comment=comment)
    with pytest.raises(NotAllowedError, match="Only wilma, or somebody"):
        resolve(comment, by=other)


def test_who_wrote_the_text_does_not_settle_what_blocks_it(publisher):
    make_publisher()
    comparison = make_comparison(by=publisher)
    blocking = add_comment(
        comparison, by=make_writer(), text="Wrong.", is_blocking=True
    )
    advisory = add_comment(comparison, by=make_writer(), text="Long.")

    with pytest.raises(NotAllowedError):
        resolve(blocking, by=publisher)
    resolve(advisory, by=publisher)

    assert list(Comment.objects.barring()) == [blocking]


def test_a_comment_can_be_opened_again_and_neither_step_is_taken_twice(
    comparison, writer
):
    comment = add_comment(comparison, by=writer, text="Hm.", is_blocking=True)
    with pytest.raises(WrongStateError):
        reopen(comment, by=writer)
    resolve(comment, by=writer)
    with pytest.raises(WrongStateError):
        resolve(comment, by=writer)
    assert sentences(comparison) == []

    reopen(comment, by=writer)

    comment.refresh_from_db()
    assert (comment.resolved_at, comment.resolved_by) == (None, None)
    assert len(sentences(comparison)) == 1
    actions = EditorialEvent.objects.of_document(comparison.uid).values_list("action")
    assert [action for (action,) in actions[:3]] == ["reopen", "resolve", "comment"]


def test_only_those_who_write_may_comment(comparison):
    with pytest.raises(NotAllowedError):
        add_comment(comparison, by=make_person(), text="Let me in.")


def test_a_guest_gives_a_name_and_cannot_block(comparison):
    guest = add_comment(comparison, by=None, author_name=" Jo ", text="A slip.")
    assert (guest.author, guest.author_name) == (None, "Jo")

    with pytest.raises(NotAllowedError):
        add_comment(
            comparison, by=None, author_name="Jo", text="Stop.", is_blocking=True
        )
    with pytest.raises(CommentRefusedError, match="who you are"):
        add_comment(comparison, by=None, author_name=" ", text="A slip.")


def test_a_guest_speaks_of_the_text_they_were_shown(comparison, writer):
    shown = freeze_comparison(comparison)
    rule = comparison.rules.last()
    rule.delete()
    edit(comparison, by=writer)

    comment = add_comment(
        comparison,
        by=None,
        author_name="Jo",
        text="Which?",
        place=str(rule.uid),
        body=shown,
    )

    assert rule.situation in comment.place_label
    assert comment.digest != comparison.working_digest


@pytest.mark.parametrize("text", ["", " \n ", "x" * (MAX_COMMENT_LENGTH + 1)])
def test_a_text_that_is_empty_or_too_long_is_refused(comparison, writer, text):
    with pytest.raises(CommentRefusedError):
        add_comment(comparison, by=writer, text=text)


def test_the_longest_text_is_kept(comparison, writer):
    text = "x" * MAX_COMMENT_LENGTH

    assert add_comment(comparison, by=writer, text=text).text == text


def test_the_table_refuses_what_the_rules_refuse(comparison, writer):
    comment = add_comment(comparison, by=writer, text="Hm.")
    reply = reply_to(comment, by=writer, text="Yes.")
    for row, values in (
        (comment, {"author_name": ""}),
        (comment, {"resolved_at": NOON}),
        (reply, {"is_blocking": True}),
        (reply, {"resolved_at": NOON, "resolved_by": writer}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.filter(pk=row.pk).update(**values)


def test_a_verdict_is_commented_on_like_a_comparison(writer):
    verdict = make_verdict()
    point = verdict.points.first()

    comment = add_comment(verdict, by=writer, place=f"{point.uid}.text", text="Vague.")

    assert comment.place_label == "Strengths › “A plain reason” › text"
