"""The constants of the confidence rule. `/methodology/confidence/` prints them."""

from decimal import Decimal

from editorial.vocabularies import BenchmarkSource, Confidence

TIERS = [Confidence.LOW, Confidence.MODERATE, Confidence.HIGH, Confidence.VERY_HIGH]
"""A level is a place in this list."""

BASE_TIERS = {
    BenchmarkSource.OWNER: Confidence.HIGH,
    BenchmarkSource.OFFICIAL: Confidence.MODERATE,
    BenchmarkSource.COMMUNITY: Confidence.MODERATE,
}
"""Where a measurement starts, by who made it."""

BASE_REASONS = {
    BenchmarkSource.OWNER: "The desk ran it on its own hardware",
    BenchmarkSource.OFFICIAL: "A vendor or project published it about its own product",
    BenchmarkSource.COMMUNITY: "Somebody published it whom the desk has not checked",
}

RUNS_NEEDED = 3
"""Single runs that have to be published for the record to count as complete."""

RECORD_ITEMS = {
    "engine_version": "the engine's version or build",
    "backend": "the back end",
    "quantization": "the quantisation",
    "lengths": "the prompt and output lengths that the figure depends on",
    "load": "how many requests ran at once",
    "hardware_count": "the number of devices",
    "command": "the command",
    "runs": "the single runs",
}
"""What a complete record states, and its words. The date is judged by the age rule."""

FEW_ITEMS = 4
"""A record that states this many items or fewer costs a tier."""

STEP_FEW_ITEMS = -1
STEP_ALL_ITEMS = 1

AGREEMENT = Decimal("0.10")
"""Equal rows within this spread lift each other, if they stand on two pages or more."""

DISAGREEMENT = Decimal("0.30")
"""Equal rows at this spread or more lower each other and call for a look."""

STEP_AGREEMENT = 1
STEP_DISAGREEMENT = -1

REPRODUCTION_STEPS = {1: 1, 3: 2}
"""Further operators who reproduced it, to the steps up that this gives."""

CEILING_ALONE = Confidence.HIGH
"""Nobody's word alone goes higher."""

STEP_ENGINE_CHANGE = -1
STEP_AGE = -1
"""For a stale measurement, and for one without a date: it may be as old."""
