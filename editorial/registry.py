"""What the apps above offer to the publishing machinery, and through it to each other.

Apps register in `AppConfig.ready()`. Nothing here imports them.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from editorial.roles import desk_models as desk_models
from editorial.roles import register_desk_models as register_desk_models


@dataclass(frozen=True)
class FactValue:
    """One field of a fact, ready to be quoted."""

    raw: str
    display: str
    unit: str = ""
    as_of: date | None = None
    source_url: str = ""


@dataclass(frozen=True)
class ResolvedFact:
    """What a document may say of a fact at the moment it is read."""

    type: str
    uid: UUID
    slug: str
    name: str
    url: str
    values: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True)
class FactType:
    """A kind of live fact that documents refer to by uid.

    `find` takes a slug or an alias and answers the uid, or None.
    """

    name: str
    model: str
    resolve: Callable[[Iterable[UUID]], dict[UUID, ResolvedFact]]
    find: Callable[[str], UUID | None]


@dataclass(frozen=True)
class Loader:
    """Reads an app's files into the database, and writes them back.

    `parse(directory)` answers a batch with its `errors`, `load(batch, progress=…)`
    writes it, `export(directory)` writes the files. The commands that run all of them
    live in `config`.
    """

    name: str
    order: int
    parse: Callable[..., Any]
    load: Callable[..., Any]
    export: Callable[..., Any]


@dataclass(frozen=True)
class Panel:
    """A section that one app puts on another app's detail page.

    With an `anchor` and a `title` it stands in the page's table of contents.
    """

    template: str
    context: Mapping[str, Any]
    order: int = 100
    anchor: str = ""
    title: str = ""


@dataclass(frozen=True)
class DocumentKind:
    """How one kind of document is frozen, checked, restored and shown.

    One that does not own its page is read on the page of what it speaks of.

    `upcasters[n]` lifts a body of schema n to schema n + 1.
    `render(body, meta, request)` answers the page that readers see; the preview
    calls the same function. `from_portable(data)` reads a shipped file.
    `element_ids(document)` answers where places stand on the desk's form that are not
    named like their field: the place's key to the id of its input.
    `unique_rows` names, for a list of rows, the fields in which no two of them agree.
    `found_as` is the search source that finds its versions.
    """

    name: str
    model: type[Model]
    schema: int
    json_schema: Mapping[str, Any]
    freeze: Callable[[Any], dict[str, Any]]
    restore: Callable[..., None]
    problems: Callable[[Any, dict[str, Any]], list[Any]]
    references: Callable[[dict[str, Any]], list[tuple[str, UUID, str]]]
    path: Callable[[dict[str, Any]], str]
    render: Callable[..., Any]
    from_portable: Callable[[Mapping[str, Any]], dict[str, Any]]
    owns_page: bool = True
    upcasters: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = field(
        default_factory=dict
    )
    unique_rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    element_ids: Callable[[Any], Mapping[str, str]] = lambda document: {}
    found_as: str = "publication"


@dataclass(frozen=True)
class Findable:
    """One thing that readers can find.

    `scope` names what is built together with it, `names` what else it is called.
    `text` holds words by which it is found but not called. Of equally good matches the
    one of more `weight` comes first, then the newer. Without a window it is always
    visible.
    """

    key: str
    scope: str
    title: str
    url: str
    summary: str = ""
    names: Sequence[str] = ()
    text: str = ""
    weight: int = 0
    year: int = 0
    window: tuple[datetime, datetime] | None = None


@dataclass(frozen=True)
class SearchSource:
    """One kind of thing that readers can find.

    `label` is for several of them, `one` for a single one. `build(scopes)` answers
    what is in these scopes, `build(None)` everything. `touched(model, uids)` names the
    scopes in which a change of these rows shows; it is asked before and after the
    change. `list_url` is where all of them are listed.
    """

    kind: str
    label: str
    one: str
    order: int
    build: Callable[[Collection[str] | None], Iterable[Findable]]
    touched: Callable[[str, Collection[UUID]], Iterable[str]]
    list_url: str = ""


@dataclass(frozen=True)
class DeskBox:
    """A number on the front page of the desk, and the list it links to.

    `count(user)` and `link()` are asked only of people for whom `right(user)` holds.
    Each count should cost one statement.
    """

    title: str
    count: Callable[[Any], int]
    link: Callable[[], str]
    order: int
    right: Callable[[Any], bool]


_fact_types: dict[str, FactType] = {}
_loaders: dict[str, Loader] = {}
_document_kinds: dict[str, DocumentKind] = {}
_panels: dict[str, list[Callable[..., Panel | None]]] = {}
_sitemaps: dict[str, Callable[[], Iterable[Any]]] = {}
_search_sources: dict[str, SearchSource] = {}
_desk_boxes: dict[str, DeskBox] = {}
_public_models: set[str] = set()
_public_tables: set[str] = set()
_after_publish: list[Callable[..., None]] = []


def register_fact_type(fact_type: FactType) -> None:
    _fact_types[fact_type.name] = fact_type


def fact_type(name: str) -> FactType:
    """The fact type called `name`. Raises KeyError for a name nobody registered."""
    return _fact_types[name]


def fact_types() -> dict[str, FactType]:
    return dict(_fact_types)


def register_loader(loader: Loader) -> None:
    _loaders[loader.name] = loader


def loaders() -> list[Loader]:
    """Every loader, in the order in which their rows depend on each other."""
    return sorted(_loaders.values(), key=lambda loader: loader.order)


def register_document_kind(kind: DocumentKind) -> None:
    _document_kinds[kind.name] = kind


def document_kind(name: str) -> DocumentKind:
    """The document kind called `name`. Raises KeyError for an unknown one."""
    return _document_kinds[name]


def document_kinds() -> list[DocumentKind]:
    return list(_document_kinds.values())


def register_panel(page: str, panel: Callable[..., Panel | None]) -> None:
    _panels.setdefault(page, []).append(panel)


def panels(page: str, fact: Any) -> list[Panel]:
    """The panels other apps have for `fact` on `page`, in their order."""
    offered = (build(fact) for build in _panels.get(page, []))
    found = [panel for panel in offered if panel is not None]
    return sorted(found, key=lambda panel: panel.order)


def register_sitemap(name: str, items: Callable[[], Iterable[Any]]) -> None:
    """`items()` answers (path, last modified date or None) pairs."""
    _sitemaps[name] = items


def sitemaps() -> dict[str, Callable[[], Iterable[Any]]]:
    return dict(_sitemaps)


def register_search_source(source: SearchSource) -> None:
    _search_sources[source.kind] = source


def search_sources() -> dict[str, SearchSource]:
    """Every source by its kind, in the order in which readers see them."""
    ordered = sorted(_search_sources.values(), key=lambda source: source.order)
    return {source.kind: source for source in ordered}


def register_desk_box(
    title: str,
    *,
    count: Callable[[Any], int],
    link: Callable[[], str],
    order: int,
    right: Callable[[Any], bool],
) -> None:
    _desk_boxes[title] = DeskBox(title, count, link, order, right)


def desk_boxes() -> list[DeskBox]:
    """Every box of the desk's front page, in the order in which it shows them."""
    return sorted(_desk_boxes.values(), key=lambda box: box.order)


def register_public_models(*labels: str) -> None:
    """Name the tables that public pages may read, as `app.Model`."""
    _public_models.update(labels)


def register_public_tables(*names: str) -> None:
    """Name further tables that public pages may read, by their database names."""
    _public_tables.update(names)


def public_tables() -> set[str]:
    """Every table that public pages may read: no drafts, no people, no logs."""
    models = (apps.get_model(label) for label in _public_models)
    return _public_tables | {model._meta.db_table for model in models}


def register_after_publish(hook: Callable[..., None]) -> None:
    """`hook(publication)` runs after the transaction that made it."""
    _after_publish.append(hook)


def after_publish_hooks() -> list[Callable[..., None]]:
    return list(_after_publish)
