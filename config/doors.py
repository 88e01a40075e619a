"""The ways into the catalogue that the home page offers."""

from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Door:
    """One list, and a question it answers at once."""

    name: str
    path: str
    words: str
    example: str
    example_path: str


Entry = tuple[str, str, str, str, str]


def questions() -> list[Door]:
    """The pages that work an answer out."""
    return _doors(
        (
            "Choose my GPU",
            "calculators:choose_my_gpu",
            "Five questions, up to three picks, and what would change the answer.",
            "Code with 32k of context, up to 1 500 USD",
            "purpose=code&budget=1500",
        ),
        (
            "Best GPU",
            "calculators:best_gpu",
            "Ranked by budget and need, from dated prices. Ties stay ties.",
            "A 70-billion model, two cards, up to 2 000 USD",
            "need=chat-70b&budget=2000&cards=2",
        ),
        (
            "Cost vs cloud",
            "calculators:cost_vs_cloud",
            "A million tokens on your own hardware, from an API, on rented cards.",
            "One RTX 4090, four busy hours a day",
            "hardware=rtx-4090&hours=4",
        ),
    )


def doors() -> list[Door]:
    """The lists of the catalogue."""
    return _doors(
        (
            "Hardware",
            "catalog:hardware_list",
            "Memory, bandwidth, rates, power and dated prices.",
            "24 GB cards by price",
            "kind=gpu&size=24&sort=price",
        ),
        (
            "Models",
            "catalog:ai_model_list",
            "Size, context, licence, and what the four-bit file weighs.",
            "Up to 8 billion parameters, commercial use allowed",
            "parameters_max=8.1&use=yes",
        ),
        (
            "Tools",
            "catalog:engine_list",
            "Which systems, chips, formats and features each supports.",
            "GGUF on AMD under Windows",
            "system=windows&backend=amd_rocm&format=gguf",
        ),
        (
            "Benchmarks",
            "benchmarks:benchmark_list",
            "Published speeds, one request and many apart.",
            "Fastest single-request decode",
            "speed=decode&sort=-decode",
        ),
    )


def _doors(*entries: Entry) -> list[Door]:
    return [
        Door(name, path, words, example, f"{path}?{query}")
        for name, url_name, words, example, query in entries
        for path in [reverse(url_name)]
    ]
