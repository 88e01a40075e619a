"""What this app offers to the publishing machinery."""

from functools import partial

from django.apps import apps

from catalog.findable import SOURCES
from catalog.last_changes import last_changes
from catalog.loading import export, load, parse_catalog
from catalog.lookup import find_uid
from catalog.resolving import (
    resolve_engines,
    resolve_failure_modes,
    resolve_hardware,
    resolve_models,
)
from catalog.tracked import HISTORIES
from editorial.fact_changes import register_last_changes
from editorial.registry import (
    FactType,
    Loader,
    register_fact_type,
    register_loader,
    register_public_models,
    register_search_source,
)

PUBLIC_MODELS = [
    *("Vendor", "Engine", "EngineRelease", "SupportCell", "EngineStatement"),
    *("FailureMode", "Hardware", "PriceObservation", "ModelFamily", "AIModel"),
    *("ModelFile", "ModelLanguages", "HostedPrice", "Alias"),
]


def register() -> None:
    for name, model, resolve in (
        ("engine", "catalog.Engine", resolve_engines),
        ("hardware", "catalog.Hardware", resolve_hardware),
        ("model", "catalog.AIModel", resolve_models),
    ):
        find = partial(find_uid, name)
        register_fact_type(FactType(name, model, resolve, find))
        register_last_changes(name, partial(last_changes, apps.get_model(model)))
    register_fact_type(
        FactType(
            name="failure_mode",
            model="catalog.FailureMode",
            resolve=resolve_failure_modes,
            find=lambda slug: None,
        )
    )
    register_loader(
        Loader(name="catalog", order=10, parse=parse_catalog, load=load, export=export)
    )
    for source in SOURCES:
        register_search_source(source)
    register_public_models(*(f"catalog.{name}" for name in PUBLIC_MODELS))
    register_public_models(*HISTORIES)
