"""What the rules say of two documents, in plain values, beside the documents."""

import contextlib
import datetime

import pytest
import time_machine
from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine

from comparisons.models import Comparison
from editorial.problems import NotReadyError, WrongStateError

NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)
SLUGS = ("one", "two", "three")
THESES = ("Plain words.", "Other words.", "Third words.")


def refused(error):
    """A block that ends in `error`; with None, one that does not."""
    return pytest.raises(error) if error else contextlib.nullcontext()


class Expected:
    """One document as the rules say it is. A text is a pair: slug and thesis."""

    def __init__(self, pk, text):
        self.pk = pk
        self.working = text
        self.state = "draft"
        self.approved = None
        self.assignee = None
        self.barring = 0  # open comments that block
        self.bodies = {}  # text to a published body of it
        self.timeline = {}  # moment to the text that begins then; None: withdrawn

    def at(self, moment):
        """The text that readers see at `moment`, or None."""
        begun = [start for start in self.timeline if start <= moment]
        return self.timeline[max(begun)] if begun else None

    def ahead(self, now):
        return [start for start in self.timeline if start > now]

    def had(self, slug, now):
        """Whether readers have found it at `slug` by `now`."""
        return any(
            text and text[0] == slug and start <= now
            for start, text in self.timeline.items()
        )

    def save(self, text):
        if self.state == "approved" and text != self.approved:
            self.state = "draft"
        self.working = text

    def forget_ahead(self, now):
        for start in self.ahead(now):
            del self.timeline[start]


class ModelledDesk(RuleBasedStateMachine):
    """Two documents beside what is expected of them; all of it is rolled back."""

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.travel = time_machine.travel(NOON, tick=False)
        self.clock = self.travel.start()
        texts = [("one", THESES[0]), ("two", THESES[0])]
        self.expected = list(map(Expected, self.pks, texts))
        self.claims = {}
        self.published = {}

    def teardown(self):
        self.travel.stop()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def row(self, number):
        return Comparison.objects.get(pk=self.expected[number].pk)

    def is_taken(self, number, slug):
        """A rule of the table: no two working copies of one kind share a slug."""
        return self.expected[1 - number].working[0] == slug

    def refusal(self, number, *, is_approved=None):
        """The error that going live with the working copy ends in, or None."""
        document = self.expected[number]
        if is_approved is None:
            is_approved = document.approved == document.working
        is_claimed = self.claims.get(document.working[0], number) != number
        if not is_approved:
            return WrongStateError
        return NotReadyError if is_claimed or document.barring else None

    def released(self, number, publication, start):
        document = self.expected[number]
        document.timeline[start] = document.working
        document.state = "draft"
        body = document.bodies[document.working] = publication.body
        self.claims[document.working[0]] = number
        assert (body["slug"], body["thesis"]) == document.working
        assert publication.visible_from == start
