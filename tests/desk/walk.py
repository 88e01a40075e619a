"""Every address below the desk's path, and what the table has decided about each."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, get_resolver, reverse

from catalog.exchange.tables import has_table
from editorial.bulk import STEPS as BULK_STEPS
from editorial.desk.bundles import BUNDLE_STEPS
from editorial.desk.report_steps import STEPS as REPORT_STEPS
from editorial.desk.steps import STEPS
from editorial.registry import document_kinds
from newsletter.admin.mailing_steps import LETTER_STEPS, MAILING_STEPS
from tests.desk.decisions import (
    DOCUMENT_VIEWS,
    FACT_VIEWS,
    LEAD_ELSEWHERE,
    MODELS,
    NO_PAGES,
    NOBODY,
    OF_DJANGO,
    OPEN,
    VIEWS,
    WITHOUT_ROW,
)

MODEL_VIEWS = {
    # the admin's own views of a model: (method, which of its rights)
    "changelist": [("GET", "see")],
    "add": [("GET", "add"), ("POST", "add")],
    "change": [("GET", "see"), ("POST", "edit")],
    "delete": [("GET", "delete"), ("POST", "delete")],
    "history": [("GET", "see")],
    "simple_history": [("GET", "see")],
}
VERBS = {
    "step": set(STEPS),
    "bulk": set(BULK_STEPS),
    "admin:editorial_bundle_step": set(BUNDLE_STEPS),
    "admin:editorial_report_step": set(REPORT_STEPS),
    "admin:newsletter_mailing_step": set(MAILING_STEPS),
    "admin:newsletter_letter_step": set(LETTER_STEPS),
}
"""The verbs of each address that has one."""


@dataclass(frozen=True)
class Pair:
    """One address with one method, and the letters of those who are let in."""

    key: str
    url: str
    method: str
    roles: str

    @property
    def view(self) -> str:
        """The part of the name that says which view of a model it is."""
        return _model_of(self.key)[1] or self.key

    @property
    def is_page(self) -> bool:
        """Whether somebody gets HTML there that belongs to the desk."""
        is_got = self.method == "GET" and self.roles != NOBODY
        without = NO_PAGES | LEAD_ELSEWHERE
        is_file = self.key in without or self.view in without
        return is_got and not (is_file or self.key.startswith("autocomplete "))

    @property
    def is_of_django(self) -> bool:
        return self.key in OF_DJANGO or self.view in MODEL_VIEWS


def routes() -> Iterator[tuple[str, str]]:
    """(name or route, route) of every pattern below the desk's path."""

    def walk(patterns, prefix, namespace) -> Iterator[tuple[str, str]]:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if not isinstance(pattern, URLPattern):
                inner = pattern.namespace or namespace
                yield from walk(pattern.url_patterns, route, inner)
            elif route.startswith(settings.ADMIN_PATH):
                name = f"{namespace}:{pattern.name}" if namespace else pattern.name
                yield (name if pattern.name else route, route)

    return walk(get_resolver().url_patterns, "", "")


def _is_mere_redirect(route: str) -> bool:
    """Addresses of Django's that lead to another of these, or to 404."""
    return route.endswith(("<path:object_id>/", "(?P<url>.*)$"))


def _stem(model) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


def _model_of(key: str):
    """The model whose view `key` is, with the view's part of the name."""
    named = [m for m in admin.site._registry if key.startswith(f"{_stem(m)}_")]
    model = max(named, key=lambda m: len(_stem(m)), default=None)
    return model, key.removeprefix(f"{_stem(model)}_") if model else ""


def undecided() -> list[str]:
    """Addresses that no row of the table speaks of."""
    return sorted({key for key, route in routes() if not _is_decided(key, route)})


def _names(table) -> set[str]:
    return {key.split()[0] for key in table}


def _is_decided(key: str, route: str) -> bool:
    if key in _names(VIEWS) or key in OPEN or key == "admin:autocomplete":
        return True
    if _is_mere_redirect(route):
        return True
    model, view = _model_of(key)
    if model is None or model._meta.label_lower not in MODELS:
        return False
    is_document = model in [kind.model for kind in document_kinds()]
    return view in MODEL_VIEWS or view in (
        _names(DOCUMENT_VIEWS) if is_document else FACT_VIEWS
    )


def undecided_verbs() -> set[str]:
    """Steps that no row speaks of, and rows that speak of no step."""
    known = {f"{name} {verb}" for name, verbs in VERBS.items() for verb in verbs}
    decided = {key for key in [*VIEWS, *DOCUMENT_VIEWS] if " " in key}
    return known ^ decided


def pairs(example, arguments) -> Iterator[Pair]:
    """Every decided address with every method of it.

    `example(model)` answers a row; `arguments` what an address takes beside a row and a
    verb, by the name of the view or, for documents and facts, by model and view.
    """
    yield from _of_views(arguments)
    for key in dict.fromkeys(key for key, _ in routes() if key not in VIEWS):
        model, view = _model_of(key)
        if model is not None and view in MODEL_VIEWS:
            yield from _of_model(key, model, view, example)
        elif _is_of_facts(model, view):
            row = [] if view in WITHOUT_ROW else [example(model).pk]
            more = arguments.get((model, view), [])
            yield from _each(key, FACT_VIEWS[view], reverse(key, args=[*row, *more]))
    for kind in document_kinds():
        yield from _of_document(kind.model, example(kind.model), arguments)
    yield from _of_pickers()


def _each(key: str, rights: dict[str, str], url: str) -> Iterator[Pair]:
    for method, roles in rights.items():
        yield Pair(key, url, method, roles)


def _of_views(arguments) -> Iterator[Pair]:
    for key, rights in VIEWS.items():
        name, _, verb = key.partition(" ")
        args = [*arguments.get(name, []), *([verb.replace("_", "-")] if verb else [])]
        url = f"/{key}" if "/" in key else reverse(name, args=args)
        yield from _each(key, rights, url)


def _is_of_facts(model, view: str) -> bool:
    if model is None or model in [kind.model for kind in document_kinds()]:
        return False
    is_import = view.startswith("import")  # 404 for facts that have no table
    return view in FACT_VIEWS and not (is_import and not has_table(model))


def _of_model(key, model, view, example) -> Iterator[Pair]:
    rights = MODELS[model._meta.label_lower]
    row = example(model)
    arguments = [] if view in {"changelist", "add"} else [row.pk]
    if view == "simple_history":
        arguments.append(row.history.first().pk)
    for method, right in MODEL_VIEWS[view]:
        yield Pair(key, reverse(key, args=arguments), method, getattr(rights, right))


def _of_document(model, row, arguments) -> Iterator[Pair]:
    for name, rights in DOCUMENT_VIEWS.items():
        view, _, verb = name.partition(" ")
        args = [] if view in WITHOUT_ROW else [row.pk]
        args += [verb.replace("_", "-")] if verb else []
        args += arguments.get((model, view), [])
        url = reverse(f"{_stem(model)}_{view}", args=args)
        yield from _each(f"{_stem(model)}_{name}", rights, url)


def _of_pickers() -> Iterator[Pair]:
    """What a picker offers is seen by those who see the rows it chooses from."""
    address = reverse("admin:autocomplete")
    for model, model_admin in admin.site._registry.items():
        for field in getattr(model_admin, "picker_fields", ()):
            remote = model._meta.get_field(field).related_model
            query = f"app_label={model._meta.app_label}&field_name={field}"
            url = f"{address}?{query}&model_name={model._meta.model_name}"
            roles = MODELS[remote._meta.label_lower].see
            yield Pair(f"autocomplete {model.__name__}.{field}", url, "GET", roles)
