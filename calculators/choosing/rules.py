"""The rules of both pages, as the constants that they print."""

from dataclasses import dataclass

from catalog.models import HardwareKind, Segment
from estimator.answers import Constant

ENGINE = "llama-cpp"
ENGINE_NAME = "llama.cpp"
QUANTIZATION = "Q4_K_M"
"""What all hardware is compared with."""
MOST_CARDS = 4
REACH = 3
"""Hardware up to so many times the budget is looked at for the next step."""
MOST_PICKS = 3
MOST_RUNNERS_UP = 5
MOST_UNPRICED = 8
MOST_RANKED = 12
READING = Constant(
    "Silent reading",
    238.0,
    "words/min",
    "https://doi.org/10.1016/j.jml.2019.104047",
    "adults, English non-fiction",
)
WORDS_PER_TOKEN = Constant(
    "Words of a token",
    0.75,
    "words",
    "https://help.openai.com/en/articles/4936856",
    "English",
)


@dataclass(frozen=True)
class Purpose:
    """What somebody wants to do, and what it takes."""

    words: str
    context_tokens: int
    users: int
    least_tokens_per_second: int
    reason: str


PURPOSES: dict[str, Purpose] = {
    "chat": Purpose(
        "Chat and writing",
        8192,
        1,
        10,
        "twice the speed of silent reading",
    ),
    "code": Purpose(
        "Code, in an editor or by an agent",
        32768,
        1,
        20,
        "a choice of this site: code is waited for, not read along",
    ),
    "documents": Purpose(
        "Long documents",
        65536,
        1,
        8,
        "a choice of this site: the wait for the prompt matters more",
    ),
    "team": Purpose(
        "Several people at once",
        8192,
        4,
        10,
        "twice the speed of silent reading, for each of them",
    ),
}


@dataclass(frozen=True)
class Shelf:
    """Hardware that a reader may allow or not."""

    words: str
    segments: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def inline(self) -> str:
        """The words within a sentence."""
        return self.words[0].lower() + self.words[1:]

    def holds(self, kind: str, segment: str) -> bool:
        return kind in self.kinds and segment in self.segments


CARDS = (HardwareKind.GPU,)
CHIPS = (HardwareKind.APPLE_SOC, HardwareKind.APU)
SHELVES: dict[str, Shelf] = {
    "card": Shelf("Graphics cards", (Segment.CONSUMER,), CARDS),
    "workstation": Shelf("Workstation cards", (Segment.WORKSTATION,), CARDS),
    "datacenter": Shelf(
        "Data centre cards", (Segment.DATACENTER,), (*CARDS, HardwareKind.APU)
    ),
    "mini": Shelf(
        "Mini PCs and modules", (Segment.MINI_PC,), (HardwareKind.APU, *CARDS)
    ),
    "laptop": Shelf("Laptops", (Segment.LAPTOP,), (*CARDS, *CHIPS)),
    "mac": Shelf(
        "Desktop Macs",
        (Segment.CONSUMER, Segment.WORKSTATION),
        (HardwareKind.APPLE_SOC,),
    ),
}
"""No accelerators: llama.cpp has no back end for them."""
USUAL_SHELVES = ("card", "workstation", "mini", "mac")

SIZES: tuple[tuple[str, str], ...] = (
    ("llama-3-1-8b-instruct", "About 8 billion"),
    ("qwen3-14b", "About 14 billion"),
    ("qwen3-32b", "About 32 billion"),
    ("llama-3-3-70b-instruct", "About 70 billion"),
    ("gpt-oss-20b", "20 billion, few active"),
    ("qwen3-30b-a3b", "30 billion, few active"),
    ("gpt-oss-120b", "120 billion, few active"),
)
"""Slug of the model that stands for a size, and the size."""
