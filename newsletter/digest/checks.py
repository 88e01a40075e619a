"""What an issue owes before readers may see it."""

from collections.abc import Iterator

from editorial.claims import makes_claim
from editorial.consistency.internal_links import internal_path, objection_to
from editorial.freezing import Body
from editorial.models import Publication
from editorial.pins import unresolved_pins
from editorial.problems import Problem
from editorial.text_checks.limits import DESCRIPTION_LENGTH
from newsletter.digest.targets import live_fact_paths
from newsletter.models import DigestIssue


def digest_problems(issue: DigestIssue, body: Body) -> list[Problem]:
    """Every gap of `body`, in the order of the form."""
    return [
        *_head_problems(body),
        *_note_problems(body),
        *_item_problems(body),
        *_link_problems(body),
    ]


def _head_problems(body: Body) -> Iterator[Problem]:
    if not body["title"]:
        yield Problem("The title is missing.", "title")
    if not body["period"]:
        yield Problem("Say which month or number this issue is.", "period")
    length = len(body["description"])
    if length == 0:
        yield Problem(
            "The description is missing: it is what readers see of the mail before "
            "they open it.",
            "description",
        )
    elif length not in DESCRIPTION_LENGTH:
        yield Problem(
            f"The description should have 50 to 200 characters; it has {length}.",
            "description",
        )
    if not body["verified_on"]:
        yield Problem("Say on which day the items were last checked.", "verified_on")


def _note_problems(body: Body) -> Iterator[Problem]:
    note = body["note"]
    if not body["items"] and not note["source"]:
        yield Problem(
            "There is nothing in this issue: add an item or write the editor’s note.",
            "items",
        )
    if makes_claim(note["source"]) and not body["note_sources"]:
        yield Problem("The editor’s note makes a claim without a source.", "note")
    for pin in unresolved_pins(note):
        yield Problem(f"{pin} names no fact of the catalogue.", "note")


def _item_problems(body: Body) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for item in body["items"]:
        name, uid = f"“{item['title']}”", item["uid"]
        if not item["text"]:
            yield Problem(f"{name} says nothing: write a sentence.", uid)
        if not item["path"] and not item["sources"] and makes_claim(item["text"]):
            yield Problem(f"{name} makes a claim without a page or a source.", uid)
        key = item["title"].casefold(), item["path"]
        if key in seen:
            yield Problem(f"{name} stands in this issue twice.", uid)
        seen[key] = uid


def _link_problems(body: Body) -> Iterator[Problem]:
    """Items whose page readers do not find."""
    linked = [item for item in body["items"] if item["path"]]
    paths = {item["uid"]: internal_path(item["path"]) for item in linked}
    live = _live_paths({path for path in paths.values() if path}, body)
    for item in linked:
        path = paths[item["uid"]]
        objection = objection_to(path, live) if path else (None, "leads elsewhere")
        if objection is not None:
            yield Problem(f"“{item['title']}”: the link {objection[1]}.", item["uid"])


def _live_paths(paths: set[str], body: Body) -> set[str]:
    """Those of `paths` that are certainly there, in a statement for each kind."""
    texts = Publication.objects.live().filter(path__in=paths)
    return set(texts.values_list("path", flat=True)) | live_fact_paths(body)
