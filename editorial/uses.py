"""What uses a fact, a source or a document: published texts, drafts, other rows.

The number of statements follows from the models there are, not from the rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.admin import site
from django.db.models import Count, Model, Q, TextField, Window
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.text import capfirst

from editorial.freshness import working_copies
from editorial.models import (
    Document,
    DocumentPath,
    Publication,
    PublicationReference,
    Source,
)
from editorial.registry import document_kind, document_kinds, fact_types

SHOWN = 20
"""Uses of one kind on the page; the rest are counted."""


@dataclass(frozen=True)
class Use:
    """One thing that rests on another. `row` is what the desk opens."""

    row: Model
    name: str
    how: str = ""


@dataclass(frozen=True)
class UseGroup:
    """Uses of one kind, the first of them by name; `count` is how many there are."""

    title: str
    uses: list[Use]
    count: int

    @property
    def hidden_count(self) -> int:
        return self.count - len(self.uses)


@dataclass(frozen=True)
class UseTarget:
    """What is asked for: a row, its name among the kinds, and its public addresses."""

    row: Any
    type: str
    paths: tuple[str, ...] = ()


UseFinder = Callable[[UseTarget], Iterable[UseGroup]]

_finders: list[UseFinder] = []


def register_use_finder(finder: UseFinder) -> None:
    """Tell of uses that no foreign key shows: by an address, by a uid."""
    _finders.append(finder)


def target_of(row: Any) -> UseTarget:
    """`row` with the name under which texts refer to it and where readers find it."""
    if isinstance(row, Document):
        return UseTarget(row, row.kind, _document_paths(row))
    address = getattr(row, "get_absolute_url", None)
    return UseTarget(row, _type_of(row), (address(),) if address else ())


def _type_of(row: Any) -> str:
    if isinstance(row, Source):
        return "source"
    label = row._meta.label
    return next((t.name for t in fact_types().values() if t.model == label), "")


def _document_paths(document: Any) -> tuple[str, ...]:
    """Every address it ever had; none where the page belongs to something else."""
    if not document_kind(document.kind).owns_page:
        return ()
    rows = DocumentPath.objects.filter(document_uid=document.uid)
    return tuple(rows.values_list("path", flat=True))


def uses_of(row: Any) -> list[UseGroup]:
    """Everything that uses `row`, published texts first; groups without uses go."""
    target = target_of(row)
    groups = [
        published_uses({target.type: uids_of(row)}),
        _linking_texts(target),
        *_drafts(target),
        *_other_rows(target),
        *(group for find in _finders for group in find(target)),
    ]
    return [group for group in groups if group.count]


def uids_of(row: Any) -> set[UUID]:
    """Those under which published texts may refer to it: a source may have several."""
    former = row.former.values_list("uid", flat=True) if type(row) is Source else ()
    return {row.uid, *former}


def published_uses(uids_by_type: dict[str, set[UUID]]) -> UseGroup:
    """Public and scheduled texts that refer to any of these."""
    wanted = Q()
    for name, uids in uids_by_type.items():
        if name:
            wanted |= Q(target_type=name, target_uid__in=uids)
    rows = PublicationReference.objects.filter(
        wanted, publication__visible_until__gt=timezone.now()
    )
    roles: dict[Publication, set[str]] = defaultdict(set)
    if wanted:
        for row in rows.select_related("publication").defer("publication__body"):
            roles[row.publication].add(row.role)
    return _texts("Published and scheduled texts", roles)


def _texts(title: str, roles: dict[Publication, set[str]]) -> UseGroup:
    documents = working_copies(roles)
    uses = [
        Use(
            row=documents[text.document_uid],
            name=f"{text.title}, version {text.version}",
            how=", ".join(sorted(words)),
        )
        for text, words in sorted(roles.items(), key=lambda item: item[0].title)
        if text.document_uid in documents
    ]
    return UseGroup(title, uses[:SHOWN], len(uses))


def _linking_texts(target: UseTarget) -> UseGroup:
    """Public texts with a link to the thing's page, found by the database alone."""
    linking: dict[Publication, set[str]] = {}
    if target.paths:
        rows = Publication.objects.live().alias(words=Cast("body", TextField()))
        naming = rows.filter(_any_of("words", _links_as_stored(target.paths)))
        others = naming.exclude(document_uid=target.row.uid).defer("body")
        linking = {row: {"links to it"} for row in others}
    return _texts("Published texts with a link to it", linking)


def _links_as_stored(paths: Iterable[str]) -> Iterator[str]:
    """How a link to one of `paths` looks in the JSON of a body, on both databases."""
    for path in paths:
        yield f'"path": "{path}"'
        for origin in ("", settings.SITE_URL):
            for end in ('\\"', "#", "?"):
                yield f'href=\\"{origin}{path}{end}'


def _any_of(field: str, words: Iterable[str]) -> Q:
    wanted = Q()
    for word in words:
        wanted |= Q(**{f"{field}__contains": word})
    return wanted


def _drafts(target: UseTarget) -> Iterator[UseGroup]:
    """Working copies, a statement for each kind: by key, by pin, by link."""
    by_key: dict[Any, Q] = defaultdict(Q)
    for related, field in _relations(target.row):
        if found := document_of(related):
            model, lookup = found
            owners = related._default_manager.filter(**{field: target.row})
            by_key[model] |= Q(pk__in=owners.values(lookup))
    words = [f"({path}{end}" for path in target.paths for end in (")", "#", "?", " ")]
    if slug := getattr(target.row, "slug", ""):
        words.append(f"{{{target.type}:{slug} ")
    for kind in document_kinds():
        wanted = by_key[kind.model]
        for column in kind.model._meta.concrete_fields:
            if isinstance(column, TextField):
                wanted |= _any_of(column.name, words)
        if not wanted:
            continue
        rows = kind.model._default_manager.filter(wanted).exclude(uid=target.row.uid)
        yield _group(f"Drafts: {kind.model._meta.verbose_name_plural}", rows)


def _relations(row: Any) -> Iterator[tuple[Any, str]]:
    """(model, field) of every key that leads to rows like this, hidden ones too."""
    for relation in row._meta.get_fields(include_hidden=True):
        is_key = relation.auto_created and not relation.concrete
        if is_key and not relation.related_model._meta.auto_created:
            yield relation.related_model, relation.field.name


def document_of(model: Any) -> tuple[Any, str] | None:
    """The kind of document that rows of `model` are part of, and the way to it."""
    if issubclass(model, Document):
        return model, "pk"
    for field in model._meta.concrete_fields:
        if field.many_to_one and field.related_model is not model:
            if issubclass(field.related_model, Document):
                return field.related_model, field.name
            if found := _owner_of(field.related_model):
                return found[0], f"{field.name}__{found[1]}"
    return None


def _owner_of(model: Any) -> tuple[Any, str] | None:
    for field in model._meta.concrete_fields:
        if field.many_to_one and issubclass(field.related_model, Document):
            return field.related_model, field.name
    return None


def _other_rows(target: UseTarget) -> Iterator[UseGroup]:
    """Facts and other rows that rest on it, a statement for each key."""
    for related, field in _relations(target.row):
        if document_of(related) or not site.is_registered(related):
            continue
        rows = related._default_manager.filter(**{field: target.row})
        yield _group(capfirst(str(related._meta.verbose_name_plural)), rows)


def _group(title: str, rows: Any) -> UseGroup:
    """The first rows, and how many there are, in one statement."""
    keys = [f.name for f in rows.model._meta.concrete_fields if f.many_to_one]
    first = rows.select_related(*keys).annotate(uses=Window(Count("*")))[:SHOWN]
    found: list[Any] = list(first)
    uses = [Use(row=row, name=str(row)) for row in found]
    return UseGroup(title, uses, found[0].uses if found else 0)
