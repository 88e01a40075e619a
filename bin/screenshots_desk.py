"""The desk that `make screenshots` looks at: people, and what they have done so far.

What they write is made up for the pictures. Imported once Django is set up.
"""

import datetime
from decimal import Decimal

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.urls import reverse

from catalog.facts import record_change
from catalog.models import Engine, Hardware
from comparisons.beginning import SideChoice, begin_comparison
from comparisons.models import Comparison, DimensionTemplate, Verdict
from editorial.bundles import add_to_bundle, create_bundle, release_bundle
from editorial.comments import add_comment, reply_to
from editorial.drafts import record_save
from editorial.models import Report, Source
from editorial.reports.claim_pages import target_at
from editorial.reports.receiving import receive
from editorial.review import approve, submit
from editorial.roles import FACT_EDITORS, PUBLISHERS, REVIEWERS, WRITERS
from editorial.workflow import schedule

PEOPLE = {
    "mara": WRITERS,
    "otto": WRITERS,
    "jonas": REVIEWERS,
    "paula": PUBLISHERS,
    "felix": FACT_EDITORS,
}
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


def person(name: str) -> User:
    return User.objects.get(username=name)


def text(slug: str) -> Comparison:
    return Comparison.objects.get(slug=slug)


def make_desk(clock, morning: datetime.datetime) -> None:
    """From an empty database to a desk on a busy morning, one act an hour."""
    call_command("migrate", verbosity=0)
    with open("/dev/null", "w") as nothing:
        call_command("load_catalog", stdout=nothing)
        call_command("load_content", stdout=nothing)
    for name, group in PEOPLE.items():
        user = User.objects.create_user(name, is_staff=True)
        user.groups.add(Group.objects.get(name=group))
    acts = (send_to_review, schedule_some, move_a_number, begin_a_text, report)
    for number, act in enumerate(acts, start=1):
        clock.move_to(morning + number * HOUR)
        act()


def send_to_review() -> None:
    """A published text, edited, discussed, and with its reviewer."""
    mara, jonas = person("mara"), person("jonas")
    document = text("tensorrt-llm-vs-vllm")
    first, second = document.rules.all()[:2]
    first.position, second.position = second.position, first.position
    first.save()
    second.save()
    document.thesis = (
        "TensorRT-LLM asks for a build per card and pays it back under load; "
        "vLLM serves most models within minutes."
    )
    document.change_note = "The thesis says what each asks for."
    document.save()
    record_save(document, by=mara)
    thread = add_comment(
        document,
        by=jonas,
        place="thesis",
        text="Within minutes of what? Say that the weights are there already.",
        is_blocking=True,
    )
    reply_to(thread, by=mara, text="True: from the start of the server. I add it.")
    add_comment(
        document,
        by=jonas,
        place=str(first.uid),
        text="Reads better here than at the top.",
    )
    due_on = (document.updated_at + 2 * DAY).date()
    submit(document, by=mara, assignee=jonas, due_on=due_on, note="Mind the thesis.")


def schedule_some() -> None:
    """One text alone, and two verdicts that appear together."""
    paula, jonas = person("paula"), person("jonas")
    alone = text("sglang-vs-vllm")
    pair = list(Verdict.objects.filter(engine__slug__in=["sglang", "vllm"]))
    for document in (alone, *pair):
        document.change_note = "Every version looked at again."
        document.description = document.description.rstrip(".") + ", looked at again."
        document.description = document.description[-200:]
        document.save()
        record_save(document, by=person("mara"))
        submit(document, by=person("mara"))
        document.refresh_from_db()
        approve(document, by=jonas, digest=document.working_digest)
    day = alone.updated_at.replace(hour=9, minute=0, second=0, microsecond=0)
    schedule(alone, by=paula, at=day + 2 * DAY, note="Every version looked at again.")
    bundle = create_bundle(name="Engines in December", by=paula)
    for document in pair:
        add_to_bundle(bundle, document, by=paula)
    release_bundle(bundle, by=paula, at=day + 4 * DAY)


def move_a_number() -> None:
    card = Hardware.objects.get(slug="rtx-4090")
    card._history_user = person("felix")
    card.memory_bandwidth_gb_s = Decimal(1010)
    card.save()
    source = Source.objects.filter(kind="vendor_spec").first()
    record_change(card, fields=["memory_bandwidth_gb_s"], source=source)


def begin_a_text() -> None:
    choices = [
        SideChoice(fact=Engine.objects.get(slug=slug)) for slug in ("ollama", "vllm")
    ]
    template = DimensionTemplate.objects.usual_for("engine")
    draft = begin_comparison(
        subject="engine", choices=choices, template=template, by=person("mara")
    )
    draft.thesis = "Ollama is one program for one person; vLLM serves a team."
    draft.answer = "**Take Ollama for yourself.** Take vLLM once others wait for you."
    draft.save()
    record_save(draft, by=person("mara"))


def report() -> None:
    target = target_at("/compare/engines/llama-cpp-vs-ollama/")
    receive(
        target,
        target.spots[0],
        message="The second sentence holds for one person only. With four people at "
        "once llama.cpp answers as they come, too.",
        proof_url="https://example.org/measured",
        mail_address="reader@example.org",
    )


def session_cookie(name: str, address: str) -> dict[str, str]:
    """The cookie of a session that the person has begun."""
    user = person(name)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": session.session_key,
        "url": address,
    }


def take_pictures(camera) -> None:
    """Each page by its name in docs/images/, as somebody who works on it."""
    reviewed = desk_path(text("tensorrt-llm-vs-vllm"))
    draft = desk_path(Comparison.objects.get(title="Ollama vs vLLM"))
    claim = Report.objects.get()
    for name, who, path, height in (
        ("desk-front", "paula", "/admin/", 860),
        ("desk-form", "mara", f"{draft}change/", 900),
        ("desk-comments", "jonas", f"{reviewed}comments/", 760),
        ("desk-difference", "jonas", f"{reviewed}versions/diff/", 760),
        ("desk-approve", "jonas", f"{reviewed}step/approve/", 900),
        ("desk-calendar", "paula", "/admin/editorial/publication/calendar/", 900),
        ("desk-numbers", "mara", "/admin/editorial/publication/moved-numbers/", 480),
        ("desk-report", "paula", f"/admin/editorial/report/{claim.pk}/change/", 700),
    ):
        camera.take(camera.open(who, path, height=height), name)
    share(camera, reviewed)
    collide(camera, desk_path(text("llama-cpp-vs-ollama")))


def share(camera, path: str) -> None:
    page = camera.open("paula", f"{path}links/", height=700)
    page.get_by_label("For whom").fill("Rita at the vendor")
    page.get_by_role("button", name="Make the link").click()
    link = page.locator("#new-link")
    link.evaluate("field => { field.value = 'https://example.org/preview/…/'; }")
    camera.take(page, "desk-link")


def collide(camera, path: str) -> None:
    """Two people save the same text; the second is asked."""
    first = camera.open("otto", f"{path}change/")
    second = camera.open("mara", f"{path}change/", height=900)
    for page, words in (
        (first, "Ollama is quick to set up; llama.cpp shows every switch."),
        (second, "Ollama is set up in a minute; llama.cpp shows every switch."),
    ):
        page.get_by_label("Thesis:", exact=True).fill(words)
        page.get_by_role("button", name="Save and continue editing").click()
        page.wait_for_load_state("networkidle")
    camera.take(second, "desk-conflict")


def desk_path(document) -> str:
    return reverse(desk_name(document), args=[document.pk]).removesuffix("change/")


def desk_name(document) -> str:
    return f"admin:{document._meta.app_label}_{document._meta.model_name}_change"
