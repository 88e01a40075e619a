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


def doors() -> list[Door]:
    entries = (
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
    return [
        Door(name, path, words, example, f"{path}?{query}")
        for name, url_name, words, example, query in entries
        for path in [reverse(url_name)]
    ]
