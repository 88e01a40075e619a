"""Constants of cost that rest on the shipped data are what the data say."""

from datetime import date
from statistics import median, quantiles

import pytest

from calculators.measured_rows import ODD_HOST
from estimator.cost_constants import LOAD_SHARE, RESALE_SHARES
from tests.calculators.catalogued import rows_of

OCTOBER = date(2023, 10, 15)


def cards():
    names = {row["slug"]: row for row in rows_of("hardware.csv")}
    aliases = {
        row["benchmark_slug"]: row["hardware_slug"]
        for row in rows_of("hardware_aliases.csv")
    }
    return names | {
        alias: names[slug] for alias, slug in aliases.items() if slug in names
    }


def used_shares():
    """(months since the launch, share of the launch price) of each used price."""
    known = cards()
    for row in rows_of("hardware_prices.csv"):
        card = known[row["slug"]]
        if row["condition"] == "used" and card["launch_msrp_usd"]:
            launched = date.fromisoformat(f"{card['release_date']}-15"[:10])
            months = (OCTOBER - launched).days / 30.4
            yield months, float(row["price_usd"]) / float(card["launch_msrp_usd"])


def test_the_resale_is_the_median_of_the_used_prices():
    first = 0
    for last, found in RESALE_SHARES:
        shares = [share for months, share in used_shares() if first < months <= last]
        assert median(shares) == pytest.approx(found.expected, abs=0.01)
        assert min(shares) == pytest.approx(found.low, abs=0.01)
        assert min(1, max(shares)) == pytest.approx(found.high, abs=0.01)
        assert found.note == f"{len(shares)} cards"
        first = last


def test_the_watts_of_cards_that_nobody_measured_are_those_of_the_measured():
    known = cards()
    shares = [
        float(row["power_w"]) / float(card["tdp_watts"]) / int(row["hardware_count"])
        for row in rows_of("benchmarks.csv")
        if row["power_w"]
        and "whole-system" in row["notes"]
        and ODD_HOST.search(f"{row['hardware_name']}; {row['notes']}")
        and (card := known.get(row["hardware_slug"]))
        and card["tdp_watts"]
    ]

    low, *_, high = quantiles(shares, n=10)
    assert f"{len(shares)} measured rows" in LOAD_SHARE.note
    assert median(shares) == pytest.approx(LOAD_SHARE.expected, abs=0.01)
    assert low == pytest.approx(LOAD_SHARE.low, abs=0.05)
    assert high == pytest.approx(LOAD_SHARE.high, abs=0.05)
