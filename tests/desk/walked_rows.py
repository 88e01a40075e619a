"""A row of everything in the desk, and the arguments of every address of it."""

import datetime
import functools
import uuid
from decimal import Decimal

from axes.models import AccessAttempt
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from catalog.exchange.tables import has_table, table_of
from catalog.models import Alias, Engine, EngineStatement, FactUpload, HostedPrice
from comparisons.models import Comparison, DimensionTemplate
from editorial.bulk import start_job
from editorial.comments import add_comment
from editorial.models import (
    NEW_DOCUMENT,
    Bundle,
    Citation,
    Comment,
    PreviewLink,
    Report,
    Scratch,
    Source,
)
from editorial.preview_links import make_link
from editorial.rechecks import open_rechecks
from editorial.registry import document_kinds
from newsletter.claiming import LOST
from newsletter.models import DigestIssue, Letter, LetterState, Mailing, Subscriber
from tests.benchmarks.factories import make_benchmark
from tests.catalog.factories import (
    make_ai_model,
    make_engine,
    make_failure_mode,
    make_hardware,
    make_model_file,
    make_model_languages,
    make_price,
    make_release,
    make_support_cell,
)
from tests.comparisons.factories import make_comparison, make_verdict, publish_document
from tests.desk.walk import pairs
from tests.editorial.factories import make_person, make_source, make_verification
from tests.newsletter.digest_factories import make_issue
from tests.newsletter.factories import make_left, make_subscriber
from tests.newsletter.mail_factories import make_built_mailing
from tests.reports.factories import make_report


def make_one_of_each():
    """A row of every model of the admin; the documents are drafts."""
    make_documents()
    make_facts()
    if not DimensionTemplate.objects.exists():  # a flushed database has lost them
        DimensionTemplate.objects.create(subject="engines", name="Usual rows")
    make_letters()
    AccessAttempt.objects.create(username="x", failures_since_start=9)
    DBTaskResult.objects.create(
        task_path="a.task",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=timezone.now(),
    )


def make_letters():
    """A mailing with a letter that somebody has to decide about.

    Before its reader somebody who has left: erasing takes one's letters along.
    """
    make_left()
    make_subscriber()
    letter = make_built_mailing().letters.get()
    letter.state, letter.sentence = LetterState.UNCERTAIN, LOST
    letter.save()


def make_facts():
    engine, chip, model = make_engine(), make_hardware(), make_ai_model()
    for make in (make_release, make_support_cell, make_failure_mode):
        make(engine)
    EngineStatement.objects.create(engine=engine, claim="So.", source=make_source())
    make_price(chip)
    make_model_file(model)
    make_model_languages(model)
    make_benchmark(engine=engine, hardware=chip, ai_model=model)
    day = datetime.date(2026, 11, 1)
    HostedPrice.objects.create(
        provider="Someone",
        model_name="model",
        input_usd_per_million_tokens=Decimal("0.1"),
        observed_on=day,
        source=make_source(),
    )
    Alias.objects.create(fact_type="engine", alias="old", target_uid=engine.uid)
    Citation.objects.create(
        source=make_source(),
        subject_type="engine",
        subject_uid=engine.uid,
        retrieved_on=day,
    )
    verdict = make_verdict(engine=engine)
    publish_document(verdict)
    make_verification(verdict)
    open_rechecks("engine", [engine.uid], reason="A test.")


def make_documents():
    """Drafts of each kind, with what people have done about them."""
    root = make_person(is_superuser=True)
    drafts = [
        make_comparison(names=["One", "Two", "Three"]),
        make_verdict(),
        make_issue(),
    ]
    for draft in drafts:
        add_comment(draft, by=root, text="Which release?")
        text = {"body": {}, "text_label": "Draft", "purpose": "A test", "days": 1}
        make_link(draft, by=root, **text)
    start_job("submit", drafts, by=root)
    Bundle.objects.create(name="Launch", created_by=root)
    make_report()


def make_own_of(person):
    """What only its owner reaches: scratches, and files to import."""
    if person is None:
        return
    for kind in document_kinds():
        for uid in (example(kind.model).uid, NEW_DOCUMENT):
            values = {"kind": kind.name, "document_uid": uid, "fields": []}
            key = scratch_key(kind.name, uid)
            Scratch.objects.create(person=person, key=key, **values)
    for model in models_with_table():
        table = table_of(model)
        FactUpload.objects.create(
            model=table.model,
            file_name=table.file,
            text=",".join(table.columns),
            uploaded_by=person,
        )


def scratch_key(kind, document_uid):
    return uuid.uuid5(document_uid, kind)


def models_with_table():
    return [model for model in admin.site._registry if has_table(model)]


def example(model):
    if model is User:
        return User.objects.filter(is_superuser=False).order_by("pk").first()
    row = model._default_manager.order_by("pk").first()
    assert row is not None, f"make_one_of_each() makes no {model.__name__}"
    return row


def arguments(person):
    """What addresses take beside a row and a verb, as `pairs` wants it."""
    of_facts = arguments_of_facts(person)
    of_views = arguments_of_views() | {
        "admin:editorial_source_import_plan": of_facts[Source, "import_plan"]
    }
    return of_views | arguments_of_documents() | of_facts


def arguments_of_views():
    comparison, bundle = example(Comparison), example(Bundle)
    issue = [example(DigestIssue).pk]
    page_on_site = ContentType.objects.get_for_model(Engine)
    person = [example(User).pk]
    return {
        "admin:app_list": ["editorial"],
        "admin:view_on_site": [page_on_site.pk, example(Engine).pk],
        "admin:editorial_source_merge": [example(Source).pk],
        "admin:editorial_bundle_details": [bundle.pk],
        "admin:editorial_bundle_add_document": [bundle.pk],
        "admin:editorial_bundle_remove_document": [bundle.pk, comparison.uid],
        "admin:editorial_bundle_step": [bundle.pk],
        "admin:editorial_report_step": [example(Report).pk],
        "admin:newsletter_subscriber_erase": [example(Subscriber).pk],
        "admin:newsletter_mailing_step": [example(Mailing).pk],
        "admin:newsletter_letter_step": [example(Letter).pk],
        "admin:comparisons_comparison_copy": [comparison.pk],
        "admin:comparisons_comparison_sides": [comparison.pk],
        "admin:comparisons_comparison_drop_side": [
            comparison.pk,
            comparison.sides.first().uid,
        ],
        **{
            f"admin:newsletter_digestissue_{view}": issue
            for view in ("since", "mail", "mail_frame", "test", "send")
        },
        "admin:auth_user_password_change": person,
        "accounts:app_remove": [1],
        "accounts:person_access": person,
        "accounts:person_session_end": person,
        "accounts:person_factor_remove": person,
    }


def arguments_of_documents():
    found = {}
    for kind in document_kinds():
        uid = example(kind.model).uid
        comment = Comment.objects.of_document(uid).first()
        found |= {
            (kind.model, "typed"): [scratch_key(kind.name, uid)],
            (kind.model, "new_typed"): [scratch_key(kind.name, NEW_DOCUMENT)],
            (kind.model, "reply"): [comment.pk],
            (kind.model, "settle"): [comment.pk],
            (kind.model, "revoke_link"): [
                PreviewLink.objects.of_document(uid).first().pk
            ],
        }
    return found


def arguments_of_facts(person):
    kinds = [kind.model for kind in document_kinds()]
    facts = [model for model in admin.site._registry if model not in kinds]
    exports = {(model, "export"): ["csv"] for model in facts}
    plans = {
        (model, "import_plan"): [
            FactUpload.objects.get(model=model._meta.label, uploaded_by=person).uid
            if person
            else NEW_DOCUMENT
        ]
        for model in models_with_table()
    }
    return exports | plans


def walk_of(person):
    """Every pair, as `person` would type its address."""
    make_own_of(person)
    return list(pairs(functools.cache(example), arguments(person)))
