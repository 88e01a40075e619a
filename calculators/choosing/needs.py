"""The closed set of needs, and the rule by which each ranks hardware."""

from dataclasses import dataclass
from enum import StrEnum


class RankRule(StrEnum):
    SPEED = "speed"
    MEMORY = "memory"
    POWER = "power"


@dataclass(frozen=True)
class RuleWords:
    figure: str
    unit: str
    words: str
    ties: str


RANK_RULES: dict[RankRule, RuleWords] = {
    RankRule.SPEED: RuleWords(
        "Speed",
        "tok/s",
        "The highest expected decode speed first, half of the context filled.",
        "Hardware whose expected speed lies inside the range of the first of its group "
        "shares that rank: the estimate cannot tell them apart. Within a rank the "
        "cheaper stands first.",
    ),
    RankRule.MEMORY: RuleWords(
        "Memory for 100 USD",
        "GB",
        "The most memory for the money first.",
        "Equal figures, rounded as they are printed, share a rank. Within a rank the "
        "cheaper stands first.",
    ),
    RankRule.POWER: RuleWords(
        "Tokens a joule",
        "tok/J",
        "The highest expected decode speed for each watt of board power first.",
        "Hardware whose figure lies inside the range of the first of its group shares "
        "that rank. Within a rank the cheaper stands first.",
    ),
}


@dataclass(frozen=True)
class Need:
    """What is to be done with the hardware."""

    words: str
    model: str
    """Slug of the model that it is worked out with."""
    context_tokens: int
    users: int = 1
    rule: RankRule = RankRule.SPEED


LLAMA_8B = "llama-3-1-8b-instruct"
NEEDS: dict[str, Need] = {
    "chat-8b": Need("Chat with a model of 8 billion", LLAMA_8B, 8192),
    "chat-14b": Need("Chat with a model of 14 billion", "qwen3-14b", 8192),
    "chat-32b": Need("Chat with a model of 32 billion", "qwen3-32b", 8192),
    "chat-70b": Need("Chat with a model of 70 billion", "llama-3-3-70b-instruct", 8192),
    "code": Need("Code with 32k of context", "qwen3-coder-30b-a3b-instruct", 32768),
    "experts-120b": Need("A model of 120 billion, few active", "gpt-oss-120b", 8192),
    "documents": Need("Long documents, 64k of context", LLAMA_8B, 65536),
    "team": Need("Eight people at once, 8 billion", LLAMA_8B, 4096, users=8),
    "memory": Need("Most memory for the money", LLAMA_8B, 8192, rule=RankRule.MEMORY),
    "power": Need("Least power for a token", "qwen3-14b", 8192, rule=RankRule.POWER),
}
BUDGETS = (300, 500, 1000, 2000, 5000)
"""US dollars, offered as links."""
