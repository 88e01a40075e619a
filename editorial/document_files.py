"""Documents as files of an editor: out of the desk, and back in as drafts.

An export holds working copies as frozen JSON, with the uids by which their rows are
recognised. An import reads that, or the portable form of `content/`. It writes working
copies only; what readers see does not change.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from jsonschema import Draft202012Validator

from editorial.content import ContentError
from editorial.diffing import Change, changes_between
from editorial.drafts import record_save
from editorial.freezing import Body, canonical, digest_of, lift
from editorial.problems import NotAllowedError
from editorial.registry import DocumentKind, document_kind
from editorial.rights import objection
from editorial.workflow import restore

MAX_BYTES = 1_000_000
MAX_DOCUMENTS = 20
SHAPE = {"type", "required", "additionalProperties", "enum"}
"""What a draft may not lack either; it may be empty, too short or too long."""


class DocumentFileError(Exception):
    """The file holds no documents that this desk can read; the sentence says why."""


class FileChangedError(Exception):
    """The documents are no longer those that were looked at."""


@dataclass(frozen=True)
class DocumentPlan:
    """What importing one document would do. With a `refusal` it does nothing."""

    title: str
    is_new: bool
    changes: list[Change]
    refusal: str = ""


@dataclass(frozen=True)
class FilePlan:
    documents: list[DocumentPlan]
    digest: str

    @property
    def is_possible(self) -> bool:
        is_refused = any(plan.refusal for plan in self.documents)
        return not is_refused and any(p.is_new or p.changes for p in self.documents)


def export_documents(documents: Iterable[Any]) -> dict[str, Any]:
    """Working copies as they are now, ready to be written as JSON."""
    bodies = [document_kind(row.kind).freeze(row) for row in documents]
    return {"documents": bodies}


def read_documents(content: bytes, kind: DocumentKind) -> list[Body]:
    """The bodies that a file holds, in today's schema. Raises DocumentFileError."""
    if len(content) > MAX_BYTES:
        raise DocumentFileError(f"The file is larger than {MAX_BYTES // 1000} KB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DocumentFileError("The file is not UTF-8.") from None
    data = _parsed(text)
    found = data.get("documents", [data]) if isinstance(data, dict) else data
    if not isinstance(found, list) or not 1 <= len(found) <= MAX_DOCUMENTS:
        raise DocumentFileError(f"A file holds 1 to {MAX_DOCUMENTS} documents.")
    return [_body(each, kind, number) for number, each in enumerate(found, start=1)]


class _PlainLoader(yaml.SafeLoader):
    """YAML without references: a small file must not stand for a huge one."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("references (*name) are not allowed")
        return super().compose_node(parent, index)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        pass  # not JSON, then; or so deep that YAML says no as well
    try:
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        sentence = f"The file is neither JSON nor YAML: {error}"
        raise DocumentFileError(sentence) from None


def _body(data: Any, kind: DocumentKind, number: int) -> Body:
    place = f"Document {number}"
    if not isinstance(data, dict) or data.get("kind") != kind.name:
        raise DocumentFileError(f"{place} is not a {kind.name}.")
    try:
        body = lift(kind, data) if "schema" in data else kind.from_portable(data)
    except (ContentError, ValueError, TypeError, AttributeError) as error:
        raise DocumentFileError(f"{place}: {error}.") from None
    except KeyError as error:
        raise DocumentFileError(f"{place}: {error} is missing.") from None
    for error in Draft202012Validator(kind.json_schema).iter_errors(body):
        if error.validator in SHAPE and error.instance not in ("", None):
            where = " › ".join(map(str, error.absolute_path))
            raise DocumentFileError(f"{place}, {where or 'head'}: {error.message}")
    return body


def plan_documents(bodies: list[Body], kind: DocumentKind, *, by: Any) -> FilePlan:
    """What an import would do now: each is done, compared, and undone."""
    plans = [_rehearsed(body, kind, by) for body in bodies]
    before = [_working_digest(body, kind) for body in bodies]
    told = canonical([[digest_of(body) for body in bodies], before])
    return FilePlan(plans, hashlib.sha256(told.encode()).hexdigest())


@transaction.atomic
def import_documents(
    bodies: list[Body], kind: DocumentKind, *, by: Any, seen: str, name: str
) -> list[Any]:
    """Write every body into its working copy, or into a new draft: all or none.

    `seen` is the digest of the plan that the editor looked at. Raises
    FileChangedError, NotAllowedError.
    """
    plan = plan_documents(bodies, kind, by=by)
    if plan.digest != seen or not plan.is_possible:
        raise FileChangedError(
            "The documents have changed since you looked. Nothing was written. Look at "
            "the new differences."
        )
    return [_write(body, kind, by, f"Imported from {name}.") for body in bodies]


class _Rehearsed(Exception):
    def __init__(self, body: Body) -> None:
        self.body = body


def _rehearsed(body: Body, kind: DocumentKind, by: Any) -> DocumentPlan:
    existing = _existing(body, kind)
    title = str(body.get("title") or "Without a title")
    before = kind.freeze(existing) if existing else None
    try:
        with transaction.atomic():
            raise _Rehearsed(kind.freeze(_write(body, kind, by, "Rehearsal.")))
    except _Rehearsed as rehearsed:
        changes = changes_between(before, rehearsed.body) if before else []
        return DocumentPlan(title, existing is None, changes)
    except ValidationError as error:
        sentence = " ".join(
            f"{name.replace('_', ' ').capitalize()}: {' '.join(messages)}"
            for name, messages in error.message_dict.items()
        )
    except NotAllowedError as error:
        sentence = str(error)
    except DatabaseError:
        sentence = "Another document has this slug or subject, or one of these rows."
    except (ValueError, KeyError, TypeError) as error:
        sentence = f"It cannot be read: {error}"
    return DocumentPlan(title, existing is None, [], sentence)


def _existing(body: Body, kind: DocumentKind) -> Any:
    rows = kind.model._default_manager
    found = rows.filter(uid=body["uid"]).first()
    return found or rows.filter(slug=body["slug"]).first()


def _working_digest(body: Body, kind: DocumentKind) -> str:
    existing = _existing(body, kind)
    return existing.working_digest if existing else ""


def _write(body: Body, kind: DocumentKind, by: Any, note: str) -> Any:
    document = _existing(body, kind)
    if document is not None:
        restore(document, by=by, body=body, note=note[:300])
    else:
        if sentence := objection(by, "create", kind.model):
            raise NotAllowedError(sentence)
        document = kind.model(uid=body["uid"], slug=body["slug"], title=body["title"])
        kind.restore(document, body)
        document.refresh_from_db()
        record_save(document, by=by, note=note[:300])
    document.clean_fields()
    return document
