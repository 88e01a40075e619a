"""Licences that one model has for itself: the same id says other things elsewhere."""

from catalog.details.licences.reading import (
    COPIES_AND_CHANGES,
    ENDS,
    FREE,
    NO_MILITARY_USE,
    USE_LIMITS,
    Licence,
)

MOONSHOT = "https://github.com/MoonshotAI"
MINIMAX = "https://github.com/MiniMax-AI"
NOTICE = "Copies carry the copyright notice and the licence."


def _kimi(shown: str, commit: str) -> Licence:
    return Licence(
        "MIT with an addition",
        FREE,
        (
            "Commercial products with more than 100 million monthly users, or more "
            f"than 20 million USD of monthly revenue, show “{shown}”.",
            NOTICE,
        ),
        f"{MOONSHOT}/{shown.replace(' ', '-')}/blob/{commit}/LICENSE",
    )


OF_ONE_MODEL: dict[str, Licence] = {
    "moonshotai/Kimi-K2-Instruct": _kimi(
        "Kimi K2", "c6157be8531e1c52f5dfd3bb91a1275b089eac50"
    ),
    "moonshotai/Kimi-K2.5": _kimi(
        "Kimi K2.5", "3e60763b943e93c443287c383e0468ffe05b188f"
    ),
    "MiniMaxAI/MiniMax-M2": Licence(
        "MIT with an addition",
        FREE,
        (
            "Commercial products with more than 100 million monthly users, or more "
            "than 30 million USD of yearly recurring revenue, show “MiniMax M2”.",
            NOTICE,
        ),
        f"{MINIMAX}/MiniMax-M2/blob/2e575efec12773cdc5d811341089512452bfb468/LICENSE",
    ),
    "MiniMaxAI/MiniMax-M2.1": Licence(
        "MIT with an addition",
        FREE,
        ("Every commercial product or service shows “MiniMax M2.1”.", NOTICE),
        f"{MINIMAX}/MiniMax-M2.1/blob/a87862490b68dcc077e520166cc0451a419dfba4/LICENSE",
    ),
    "MiniMaxAI/MiniMax-M2.5": Licence(
        "MiniMax model licence",
        USE_LIMITS,
        (NO_MILITARY_USE, COPIES_AND_CHANGES, ENDS),
        f"{MINIMAX}/MiniMax-M2.5/blob/0fe00c843c16e7081a9631daeafc11288f5f871c/"
        "LICENSE-MODEL",
    ),
    "MiniMaxAI/MiniMax-M2.7": Licence(
        "MiniMax non-commercial licence",
        "Personal use, and research and teaching without profit, within a list of "
        "barred uses. No commercial use.",
        (
            "Commercial use needs MiniMax's permission in writing and shows “Built "
            "with MiniMax M2.7”.",
            NO_MILITARY_USE,
            NOTICE,
        ),
        f"{MINIMAX}/MiniMax-M2.7/blob/1e267c3e155b30bd4156beaaf7042dd0b585d8e3/LICENSE",
    ),
}
"""By repository of the weights; the text was read in the maker's code repository."""
