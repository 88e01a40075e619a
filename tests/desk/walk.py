"""Every address below the desk's path, and what the table has decided about each."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, get_resolver, reverse

from editorial.desk.steps import STEPS
from editorial.registry import document_kinds
from tests.desk.decisions import (
    BOTH,
    DOCUMENT_VIEWS,
    GET,
    MODELS,
    OPEN,
    POST,
    VIEWS,
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


@dataclass(frozen=True)
class Pair:
    """One address with one method, and the letters of those who are let in."""

    key: str
    url: str
    method: str
    roles: str


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


def _is_decided(key: str, route: str) -> bool:
    if key in VIEWS or key in OPEN or key == "admin:autocomplete":
        return True
    if _is_mere_redirect(route):
        return True
    model, view = _model_of(key)
    if model is None or model._meta.label_lower not in MODELS:
        return False
    is_document = model in [kind.model for kind in document_kinds()]
    of_documents = {name.split()[0] for name in DOCUMENT_VIEWS}
    return view in MODEL_VIEWS or (is_document and view in of_documents)


def pairs(example, arguments) -> Iterator[Pair]:
    """Every decided address with every method of it.

    `example(model)` answers a row; `arguments` the arguments of addresses in VIEWS.
    """
    for key, _ in dict.fromkeys(routes()):
        if key in VIEWS:
            methods, roles = VIEWS[key]
            url = f"/{key}" if "/" in key else reverse(key, args=arguments.get(key))
            for method in methods:
                yield Pair(key, url, method, roles)
            continue
        model, view = _model_of(key)
        if model is not None and view in MODEL_VIEWS:
            yield from _of_model(key, model, view, example)
    for kind in document_kinds():
        yield from _of_document(kind.model, example(kind.model))
    yield from _of_pickers()


def _of_model(key, model, view, example) -> Iterator[Pair]:
    rights = MODELS[model._meta.label_lower]
    row = example(model)
    arguments = [] if view in {"changelist", "add"} else [row.pk]
    if view == "simple_history":
        arguments.append(row.history.first().pk)
    for method, right in MODEL_VIEWS[view]:
        yield Pair(key, reverse(key, args=arguments), method, getattr(rights, right))


def _of_document(model, row) -> Iterator[Pair]:
    for name, (methods, roles) in DOCUMENT_VIEWS.items():
        view, _, verb = name.partition(" ")
        arguments = [row.pk, verb.replace("_", "-")] if verb else [row.pk]
        key = f"{_stem(model)}_{view}"
        for method in methods:
            yield Pair(f"{key} {verb}", reverse(key, args=arguments), method, roles)


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


def undecided_verbs() -> set[str]:
    return {f"step {verb}" for verb in STEPS} - set(DOCUMENT_VIEWS)


__all__ = ["BOTH", "GET", "POST", "Pair", "pairs", "undecided", "undecided_verbs"]
