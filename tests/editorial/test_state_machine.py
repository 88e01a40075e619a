"""Whatever editors do in whatever order, readers see what a simple model says.

Two documents, three addresses; between steps the clock stands still.
"""

import datetime
import itertools
from collections import Counter

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from comparisons.models import Comparison
from editorial.comments import add_comment, resolve
from editorial.drafts import record_save
from editorial.freezing import digest_of
from editorial.models import FOREVER, Comment, Publication
from editorial.problems import WrongStateError
from editorial.reading import Gone, Moved, live_page, version_page, whereabouts
from editorial.review import approve, request_changes, submit
from editorial.status import listed_status, status_of
from editorial.workflow import cancel, publish, restore, schedule, withdraw
from tests.comparisons.factories import make_comparison
from tests.editorial.factories import make_publisher, make_writer
from tests.editorial.modelled_desk import NOON, SLUGS, THESES, ModelledDesk, refused

MINUTE = datetime.timedelta(minutes=1)
TICK = datetime.timedelta(microseconds=1)

documents = st.sampled_from((0, 1))
slugs = st.sampled_from(SLUGS)
theses = st.sampled_from(THESES)
places = st.sampled_from(("", "thesis", "slug"))
people = st.sampled_from((None, "publisher", "writer"))
minutes = st.integers(min_value=1, max_value=4).map(lambda number: number * MINUTE)


class Desk(ModelledDesk):
    @rule(number=documents, slug=slugs, thesis=theses)
    def edit(self, number, slug, thesis):
        if self.is_taken(number, slug):
            return
        row = self.row(number)
        row.slug, row.thesis = slug, thesis
        row.save()
        record_save(row, by=self.writer)
        self.expected[number].save((slug, thesis))

    @rule(number=documents, assignee=people)
    def submit(self, number, assignee=None):
        document, person = self.expected[number], assignee and getattr(self, assignee)
        is_open = document.state in {"draft", "changes_requested"}
        is_refused = not is_open or assignee == "writer"  # who may not approve
        with refused(WrongStateError if is_refused else None):
            submit(self.row(number), by=self.writer, assignee=person)
            document.state, document.assignee = "in_review", person

    @rule(number=documents)
    def approve(self, number):
        document, row = self.expected[number], self.row(number)
        with refused(self.refusal(number, is_approved=document.state == "in_review")):
            approve(row, by=self.publisher, digest=row.working_digest)
            document.state, document.approved = "approved", document.working
            document.assignee = None

    @rule(number=documents)
    def give_back(self, number):
        document = self.expected[number]
        is_read = document.state in {"in_review", "approved"}
        with refused(None if is_read else WrongStateError):
            request_changes(self.row(number), by=self.publisher, note="Not yet.")
            document.state, document.approved = "changes_requested", None
            document.assignee = self.writer

    @rule(number=documents, is_blocking=st.booleans(), place=places)
    def comment(self, number, is_blocking, place):
        row = self.row(number)
        add_comment(
            row, by=self.publisher, text="Hm.", place=place, is_blocking=is_blocking
        )
        self.expected[number].barring += is_blocking

    @rule(number=documents)
    def settle(self, number):
        document = self.expected[number]
        for thread in Comment.objects.of_document(self.row(number).uid).open():
            resolve(thread, by=self.publisher)
        document.barring = 0

    @rule(number=documents)
    def object_before_and_after_approval(self, number):
        """What bars a text bars it in review and once it is approved."""
        for is_barred_in_review in (True, False):
            self.settle(number)
            if self.expected[number].state in {"draft", "changes_requested"}:
                self.submit(number)
            if is_barred_in_review:
                self.comment(number, True, "thesis")
            self.approve(number)
            self.comment(number, True, "")
            self.publish(number)

    @rule(number=documents, slug=slugs, thesis=theses, delay=st.none() | minutes)
    def release(self, number, slug, thesis, delay):
        """All of it at one moment, which single steps reach too seldom."""
        self.edit(number, slug, thesis)
        self.settle(number)
        if self.expected[number].state in {"draft", "changes_requested"}:
            self.submit(number)
        self.approve(number)
        self.schedule(number, delay) if delay else self.publish(number)

    @rule(number=documents)
    def publish(self, number):
        document, now = self.expected[number], timezone.now()
        if document.at(now) == document.working:
            publish(self.row(number), by=self.publisher)
            return
        start = now  # two versions cannot begin at one moment
        while document.timeline.get(start):
            start += TICK
        with refused(self.refusal(number)):
            publication = publish(self.row(number), by=self.publisher)
            self.released(number, publication, start)

    @rule(number=documents, delay=minutes)
    def schedule(self, number, delay):
        document, at = self.expected[number], timezone.now() + delay
        refusal = WrongStateError if document.timeline.get(at) else self.refusal(number)
        with refused(refusal):
            publication = schedule(self.row(number), by=self.publisher, at=at)
            self.released(number, publication, at)

    @rule(number=documents)
    def cancel(self, number):
        document, now = self.expected[number], timezone.now()
        ahead = document.ahead(now)
        with refused(None if ahead else WrongStateError):
            assert cancel(self.row(number), by=self.publisher) == len(ahead)
            document.forget_ahead(now)

    @rule(number=documents)
    def withdraw(self, number):
        document, now = self.expected[number], timezone.now()
        is_public = document.ahead(now) or document.at(now)
        with refused(None if is_public else WrongStateError):
            withdraw(self.row(number), by=self.publisher, note="Enough.")
            document.forget_ahead(now)
            if document.at(now) is not None:
                document.timeline[now] = None

    @precondition(lambda self: any(document.bodies for document in self.expected))
    @rule(number=documents, data=st.data())
    def restore(self, number, data):
        document = self.expected[number]
        texts = [text for text in document.bodies if not self.is_taken(number, text[0])]
        if texts:
            text = data.draw(st.sampled_from(texts))
            body = document.bodies[text]
            restore(self.row(number), by=self.writer, body=body, note="Back.")
            document.save(text)

    @rule(delay=minutes)
    def wait(self, delay):
        self.clock.shift(delay)

    @rule(number=documents)
    def look_from_the_desk(self, number):
        """The panel of one document and the list of all say the same."""
        row = Comparison.objects.for_listing().get(pk=self.expected[number].pk)
        status = status_of(row, timezone.now())
        assert status.label == listed_status(row)
        assert (status.live is not None) == row.is_live

    @rule(slug=slugs)
    def look(self, slug):
        path, now = f"/compare/{slug}/", timezone.now()
        page, fate = live_page(path), whereabouts(path)
        owner = self.expected[self.claims.get(slug, 0)]
        if page is not None:
            assert version_page(path, page.meta.version).body == page.body
            assert fate is None
        elif not owner.had(slug, now):
            assert fate is None
        elif seen := owner.at(now):
            assert fate == Moved(f"/compare/{seen[0]}/")
            assert live_page(fate.path) is not None
        else:
            assert isinstance(fate, Gone)

    @invariant()
    def readers_see_what_the_model_says(self):
        moments = {timezone.now(), timezone.now() + 10 * MINUTE}
        for document in self.expected:
            moments |= document.timeline.keys()
        rows = list(Publication.objects.defer("body"))
        uids = dict(Comparison.objects.values_list("pk", "uid"))
        for moment in moments:
            shown = [row for row in rows if row.is_live_at(moment)]
            assert len({row.path for row in shown}) == len(shown)
            live = {row.document_uid: row for row in shown}
            assert len(live) == len(shown)
            for document in self.expected:
                row, text = live.get(uids[document.pk]), document.at(moment)
                body = document.bodies.get(text)
                assert (row and row.digest) == (body and digest_of(body))

    @invariant()
    def windows_are_in_order_and_bodies_as_they_were(self):
        for document in self.expected:
            uid = Comparison.objects.values_list("uid", flat=True).get(pk=document.pk)
            rows = list(Publication.objects.of_document(uid).order_by("version"))
            assert [row.version for row in rows] == list(range(1, len(rows) + 1))
            assert sum(row.visible_until == FOREVER for row in rows) <= 1
            real = [row for row in rows if not row.is_cancelled]
            real.sort(key=lambda row: row.visible_from)
            for before, after in itertools.pairwise(real):
                assert before.visible_until <= after.visible_from
            for row in rows:
                assert digest_of(row.body) == row.digest
                frozen = (row.digest, row.path, row.version, row.visible_from)
                assert self.published.setdefault(row.pk, frozen) == frozen

    @invariant()
    def the_desk_says_where_each_document_stands(self):
        now = timezone.now()
        rows = {row.pk: row for row in Comparison.objects.for_listing()}
        barring = Counter(Comment.objects.barring().values_list("document_uid"))
        for document in self.expected:
            row = rows[document.pk]
            assert (row.slug, row.thesis) == document.working
            assert row.review_state == document.state
            assert row.assigned_to == document.assignee
            assert barring[(row.uid,)] == document.barring
            assert row.is_live == (document.at(now) is not None)
            assert row.is_upcoming == bool(document.ahead(now))


@pytest.mark.django_db
def test_readers_see_what_a_simple_model_says_whatever_editors_do():
    with time_machine.travel(NOON - MINUTE, tick=False):
        made = [
            make_comparison(slug=slug, subject="deployment", thesis=THESES[0])
            for slug in SLUGS[:2]
        ]
    Desk.pks = [comparison.pk for comparison in made]
    Desk.writer, Desk.publisher = make_writer(), make_publisher()

    run_state_machine_as_test(
        Desk,
        settings=settings(
            # The same walks every time: some are enough for a second database.
            max_examples=24 if connection.vendor == "sqlite" else 12,
            stateful_step_count=25,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],  # add Phase.shrink to a red run: minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
