"""Whatever editors do with bundles, each goes live whole or not at all.

Three documents, two bundles; between steps the clock stands still.
"""

import contextlib
import datetime

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from comparisons.models import Comparison
from editorial.bundle_review import bundled_documents
from editorial.bundles import (
    BundleRefusedError,
    add_to_bundle,
    cancel_bundle,
    create_bundle,
    release_bundle,
    remove_from_bundle,
)
from editorial.models import Bundle, Publication
from editorial.problems import NotReadyError, WrongStateError
from editorial.workflow import cancel, publish, schedule, withdraw
from tests.comparisons.factories import make_comparison
from tests.editorial.factories import make_publisher
from tests.editorial.steps import NOON, approved, edit

MINUTE = datetime.timedelta(minutes=1)
TICK = datetime.timedelta(microseconds=1)
THESES = ("Plain words.", "Other words.", "Third words.", "Fourth words.")

documents = st.integers(min_value=0, max_value=2)
bundles = st.integers(min_value=0, max_value=1)
minutes = st.integers(min_value=1, max_value=3).map(lambda number: number * MINUTE)
delays = st.none() | minutes


class Planning(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.travel = time_machine.travel(NOON, tick=False)
        self.clock = self.travel.start()
        names = ("First", "Second")
        made = [create_bundle(name=name, by=self.publisher) for name in names]
        self.bundle_pks = [bundle.pk for bundle in made]
        self.promised = {}  # pk of a released bundle to (instant, {uid: digest})

    def teardown(self):
        self.travel.stop()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def row(self, number):
        return Comparison.objects.get(pk=self.pks[number])

    def bundle(self, number):
        return Bundle.objects.get(pk=self.bundle_pks[number])

    def is_ahead(self, row):
        """Whether the document was promised with a bundle that is not live yet."""
        now = timezone.now()
        return any(
            row.uid in texts and instant > now
            for instant, texts in self.promised.values()
        )

    def begins_now(self, row):
        versions = Publication.objects.of_document(row.uid).exclude_cancelled()
        return versions.filter(visible_from__gte=timezone.now()).live().exists()

    @rule(number=documents, thesis=st.sampled_from(THESES))
    def write(self, number, thesis):
        edit(self.row(number), thesis=thesis)

    @rule(number=documents, thesis=st.sampled_from(THESES))
    def write_and_approve(self, number, thesis):
        row = self.row(number)
        edit(row, thesis=thesis)
        if row.review_state == "draft":
            approved(row, by=self.publisher)

    @rule(number=documents, delay=delays)
    def go_live_alone(self, number, delay):
        row, is_ahead = self.row(number), self.is_ahead(self.row(number))
        with contextlib.suppress(WrongStateError, NotReadyError):
            if delay:
                schedule(row, by=self.publisher, at=timezone.now() + delay)
            else:
                publish(row, by=self.publisher)
            assert not is_ahead

    @rule(number=documents, step=st.sampled_from((cancel, withdraw)))
    def take_back_alone(self, number, step):
        row = self.row(number)
        if self.is_ahead(row):
            with pytest.raises(WrongStateError, match="bundle"):
                step(row, by=self.publisher, note="Enough.")
            return
        if self.begins_now(row):
            return  # within one microsecond nobody would have seen it
        with contextlib.suppress(WrongStateError):
            step(row, by=self.publisher, note="Enough.")

    @rule(number=bundles, document=documents)
    def put_in(self, number, document):
        row, bundle = self.row(document), self.bundle(number)
        others = Bundle.objects.exclude(live_from__lte=timezone.now())
        is_held = others.filter(items__document_uid=row.uid).exists()
        if is_held or not bundle.is_open:
            with pytest.raises(WrongStateError):
                add_to_bundle(bundle, row, by=self.publisher)
            return
        add_to_bundle(bundle, row, by=self.publisher)

    @rule(number=bundles, document=documents)
    def take_out(self, number, document):
        bundle = self.bundle(number)
        with contextlib.suppress(WrongStateError):
            remove_from_bundle(bundle, self.row(document).uid, by=self.publisher)
            assert bundle.is_open

    @rule(number=bundles, delay=delays)
    def let_go(self, number, delay):
        bundle = self.bundle(number)
        at = timezone.now() + delay if delay else None
        before = Publication.objects.count()
        entries = bundled_documents(bundle, by=self.publisher, at=at)
        owes = [entry for entry in entries if entry.problems]
        if not bundle.is_open or not entries:
            expected = WrongStateError
        elif owes:
            expected = BundleRefusedError
        else:
            made = release_bundle(bundle, by=self.publisher, at=at)
            texts = {row.document_uid: row.digest for row in made}
            assert texts.keys() == {entry.item.document_uid for entry in entries}
            self.promised[bundle.pk] = (bundle.live_from, texts)
            return
        with pytest.raises(expected):
            release_bundle(bundle, by=self.publisher, at=at)
        assert Publication.objects.count() == before

    @rule(number=bundles, thesis=st.sampled_from(THESES), delay=delays)
    def launch(self, number, thesis, delay):
        """All of it at one moment, which single steps reach too seldom."""
        self.begin_anew(number)
        for document in range(len(self.pks)):
            self.write_and_approve(document, thesis)
            self.put_in(number, document)
        bundle = self.bundle(number)
        for entry in bundled_documents(bundle, by=self.publisher):
            if bundle.is_open and entry.problems:
                uid = entry.item.document_uid
                remove_from_bundle(bundle, uid, by=self.publisher)
        self.let_go(number, delay)

    @rule(number=bundles)
    def call_off(self, number):
        bundle = self.bundle(number)
        if not bundle.is_ahead:
            with pytest.raises(WrongStateError):
                cancel_bundle(bundle, by=self.publisher)
            return
        instant, texts = self.promised.pop(bundle.pk)
        assert cancel_bundle(bundle, by=self.publisher) == len(texts)
        rows = Publication.objects.of_documents(texts).exclude_cancelled()
        assert not rows.filter(visible_from=instant).exists()

    @rule(number=bundles)
    def begin_anew(self, number):
        """A bundle that is live is over; another takes its place."""
        bundle = self.bundle(number)
        if not bundle.is_open and not bundle.is_ahead:
            name = f"Bundle after {bundle.pk}"
            made = create_bundle(name=name, by=self.publisher)
            self.bundle_pks[number] = made.pk

    @rule(delay=minutes)
    def wait(self, delay):
        self.clock.shift(delay)

    @invariant()
    def a_released_bundle_is_live_whole_at_its_instant_and_not_before(self):
        for instant, texts in self.promised.values():
            rows = Publication.objects.of_documents(texts)
            begun = {
                row.document_uid: row.digest
                for row in rows.live_at(instant).filter(visible_from=instant)
            }
            assert begun == texts
            before = rows.live_at(instant - TICK).filter(visible_from=instant)
            assert not before.exists()

    @invariant()
    def the_bundles_say_what_was_promised(self):
        for bundle in Bundle.objects.all():
            items = list(bundle.items.select_related("publication"))
            if bundle.is_open:
                assert bundle.pk not in self.promised
                assert all(item.publication is None for item in items)
                continue
            instant, texts = self.promised[bundle.pk]
            assert bundle.live_from == instant
            said = {item.document_uid: item.publication.digest for item in items}
            assert said == texts


@pytest.mark.django_db
def test_a_bundle_goes_live_whole_or_not_at_all_whatever_editors_do():
    with time_machine.travel(NOON - MINUTE, tick=False):
        made = [make_comparison(subject="deployment") for _ in range(3)]
        Planning.publisher = make_publisher()
    Planning.pks = [comparison.pk for comparison in made]

    run_state_machine_as_test(
        Planning,
        settings=settings(
            # The same walks every time: some are enough for a second database.
            max_examples=15 if connection.vendor == "sqlite" else 8,
            stateful_step_count=25,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],  # add Phase.shrink to a red run: minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
