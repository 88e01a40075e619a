"""Money and other amounts as readers see them."""

from decimal import ROUND_HALF_EVEN, Decimal

from catalog.measures import grouped
from estimator.cost import Amount


def rounded(value: Decimal) -> Decimal:
    """To what the figure can bear: cents below ten, whole dollars above a hundred.

    >>> rounded(Decimal("0.004321")), rounded(Decimal("3.14159"))
    (Decimal('0.0043'), Decimal('3.14'))
    >>> rounded(Decimal("31.4159")), rounded(Decimal("314.159"))
    (Decimal('31.4'), Decimal('314'))
    """
    if value == 0:
        return Decimal(0)
    size = value.adjusted()
    digits = max(2 - size, 0) if size > 0 else max(2, 1 - size)
    step = Decimal(1).scaleb(-digits)
    return value.quantize(step, ROUND_HALF_EVEN)


def money(value: Decimal | None) -> str:
    """A rounded amount; nothing for None."""
    if value is None:
        return ""
    found = rounded(value)
    shown = grouped(found)
    _, point, cents = shown.partition(".")
    return shown + "0" if point and len(cents) == 1 and found < 10 else shown


def span(amount: Amount | None) -> str:
    """Low to high."""
    if amount is None:
        return ""
    low, high = money(amount.low), money(amount.high)
    return low if low == high else f"{low}–{high}"


def plain_amount(amount: Amount | None) -> str:
    """Low to high, and between them what is expected where the ends differ."""
    if amount is None:
        return ""
    if amount.low == amount.high:
        return money(amount.low)
    return f"{span(amount)}, expected {money(amount.expected)}"


def share(value: Decimal | None) -> str:
    """A share of one as a percentage.

    >>> share(Decimal("0.0432")), share(Decimal("0.5"))
    ('4.3 %', '50 %')
    """
    if value is None:
        return ""
    percent = value * 100
    return f"{percent:.0f} %" if percent >= 10 else f"{percent:.2g} %"


def millions(tokens: Decimal) -> str:
    """Tokens in millions, at two or three digits."""
    return money(tokens / 1_000_000)
