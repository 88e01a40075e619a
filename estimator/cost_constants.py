"""What a cost rests on where the reader gives no figure of their own.

Each is printed by the methodology page with its source. None is a price of today.
"""

from dataclasses import dataclass

from estimator.answers import Constant, Formula

GENAI_PRICES = "https://github.com/pydantic/genai-prices"
SHOP_PRICES = "https://github.com/buttke/ebay-2021-2023-gpu-prices"
BOARD_ROWS = "https://github.com/geerlingguy/ai-benchmarks"
TWO_CARDS_AT_THE_WALL = (
    "https://ai-radar.it/article/"
    "consumo-energetico-di-un-setup-dual-rtx-3090-per-l-inference-llm-un-dato-concreto"
    "?lang=en"
)
ONE_CARD_AT_REST = "https://twobiers.github.io/posts/static-power-draw"

HOURS_PER_MONTH = Constant(
    "Hours of a month", 730.0, "h", "365 days x 24 hours / 12 months"
)
ELECTRICITY = Constant(
    "Electricity, where no price is given",
    0.168,
    "USD/kWh",
    "https://en.amwalalghad.com/"
    "us-power-prices-see-modest-rise-in-25-amid-gas-cost-increases-eia",
    "households of the United States, forecast of the EIA for 2025",
)


@dataclass(frozen=True, slots=True)
class ConstantRange:
    """A constant that is known as a range only."""

    name: str
    low: float
    expected: float
    high: float
    unit: str
    source: str
    note: str = ""


LOAD_SHARE = ConstantRange(
    "Watts at the wall under load of a card in a small board, as a share of the board "
    "power",
    0.68,
    0.97,
    1.21,
    "share",
    BOARD_ROWS,
    "10th percentile, median and 90th percentile of 22 measured rows of the catalogue",
)
HOST_WATTS = ConstantRange(
    "Watts that an ordinary computer draws beyond a small board",
    30.0,
    48.0,
    67.0,
    "W",
    BOARD_ROWS,
    "two cards measured in both with the same model: 224 against 193.7 W, 464 against "
    "397.5 W; the middle is expected",
)
IDLE_SHARE = ConstantRange(
    "Watts of the whole computer at rest, as a share of those under load",
    0.12,
    0.18,
    0.25,
    "share",
    f"{TWO_CARDS_AT_THE_WALL} and {ONE_CARD_AT_REST}",
    "90 of 760 W at the wall with two cards; 33 W with a card of 132 W; the middle is "
    "expected",
)
CACHED_SHARE = ConstantRange(
    "Price of a cached prompt token, as a share of a fresh one",
    0.10,
    0.10,
    0.50,
    "share",
    GENAI_PRICES,
    "10th percentile, median and 90th percentile of 347 models that list both, "
    "21 Aug 2026; the catalogue has no price of cached tokens",
)
RESALE_SHARES: tuple[tuple[int, ConstantRange], ...] = (
    (
        15,
        ConstantRange(
            "Resale after up to 15 months",
            0.57,
            0.88,
            1.0,
            "share of the price",
            SHOP_PRICES,
            "13 cards",
        ),
    ),
    (
        45,
        ConstantRange(
            "Resale after 16 to 45 months",
            0.41,
            0.56,
            0.68,
            "share of the price",
            SHOP_PRICES,
            "21 cards",
        ),
    ),
    (
        10**6,
        ConstantRange(
            "Resale after more than 45 months",
            0.29,
            0.37,
            0.42,
            "share of the price",
            SHOP_PRICES,
            "10 cards",
        ),
    ),
)
"""Last month it holds for, share. Used prices of October 2023 over launch prices."""


def resale_share(months: int) -> ConstantRange:
    """What is left of the price after so many months.

    Limits: graphics cards only, one month in one market; nobody knows the next one.

    >>> resale_share(36).expected, resale_share(60).expected
    (0.56, 0.37)
    """
    return next(share for last, share in RESALE_SHARES if months <= last)


DEPLOYCUE = "https://deploycue.com/blog/self-hosting-llms-vs-api/"
ONPREMISIA = "https://onpremisia.com/guides/self-hosted-llm-cost-breakdown"

LOCAL_MONTH = Formula(
    "F38a",
    "A machine of one's own, a month",
    "price x (1 - resale) / months + (load W x busy hours + idle W x idle hours) / "
    "1000 x USD per kWh + other costs",
    (DEPLOYCUE, ONPREMISIA),
    "No interest, no tax, no time spent on upkeep unless given as other costs.",
)
API_MONTH = Formula(
    "F38b",
    "Tokens bought, a month",
    "(prompt x price + cached x cached price + output x output price) / 1 000 000",
    (DEPLOYCUE,),
    "Prices of the same open model; free allowances and discounts are not counted.",
)
RENT_MONTH = Formula(
    "F38c",
    "A card rented, a month",
    "USD per hour and card x cards x hours rented",
    (ONPREMISIA,),
    "Rented while it works; start-up, storage and traffic are not counted.",
)
LOCAL_PER_MILLION = Formula(
    "F38d",
    "A million tokens on a machine of one's own",
    "cost of a month / (tokens per second x 3600 x busy hours / 1 000 000)",
    (DEPLOYCUE,),
    "Tokens of prompt, cache and output together, as in the bill of an API.",
)
MIXED_RATE = Formula(
    "F38e",
    "Tokens a second of a mix",
    "1 / (share of prompt / prefill rate + share of output / decode rate)",
    ("https://fergusfinn.com/talks/inference-arithmetic",),
    "A cached prompt token takes no time. One stream and the sum over several "
    "requests are never mixed.",
)
BREAK_EVEN = Formula(
    "F38f",
    "Break-even",
    "fixed cost of a month / (API price of a million - energy of a million), in "
    "millions of tokens; as utilisation: / what the machine makes while it is on",
    (DEPLOYCUE, ONPREMISIA),
    "None where an API token costs less than the energy of a local one.",
)
COST_FORMULAS = (
    LOCAL_MONTH,
    API_MONTH,
    RENT_MONTH,
    LOCAL_PER_MILLION,
    MIXED_RATE,
    BREAK_EVEN,
)
COST_CONSTANTS = (HOURS_PER_MONTH, ELECTRICITY)
COST_RANGES = (
    LOAD_SHARE,
    HOST_WATTS,
    IDLE_SHARE,
    CACHED_SHARE,
    *(share for _, share in RESALE_SHARES),
)
