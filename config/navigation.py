"""The sections that exist. A section joins the list when its pages do."""

from dataclasses import dataclass

from django.urls import reverse

READ = [
    ("Compare", "comparisons:comparison_index"),
    ("Models", "catalog:ai_model_list"),
    ("Hardware", "catalog:hardware_list"),
    ("Tools", "catalog:engine_list"),
    ("Benchmarks", "benchmarks:benchmark_list"),
]
SECTIONS = [
    ("Will it run?", "calculators:will_it_run"),
    ("Best GPU", "calculators:best_gpu"),
    *READ,
]
CALCULATORS = [
    ("Will it run?", "calculators:will_it_run"),
    ("Choose my GPU", "calculators:choose_my_gpu"),
    ("Best GPU", "calculators:best_gpu"),
    ("Cost vs cloud", "calculators:cost_vs_cloud"),
]
REFERENCES = [
    ("Methodology", "methodology"),
    ("Corrections", "corrections"),
    ("Newsletter", "newsletter:sign_up"),
    ("Feed", "feed"),
]
LEGAL = [
    ("Privacy", "privacy"),
    ("Sitemap", "sitemap"),
]


@dataclass(frozen=True)
class Section:
    """One entry of a navigation, and whether the reader stands in it."""

    name: str
    path: str
    is_current: bool
    is_exact: bool


def sections(entries: list[tuple[str, str]], current: str) -> list[Section]:
    """`entries` as links; the one that `current` lies under is marked."""
    found = []
    for name, url_name in entries:
        path = reverse(url_name)
        found.append(Section(name, path, current.startswith(path), current == path))
    return found
