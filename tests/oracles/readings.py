"""Words for a true value, and what they admit at the widest (`docs/semantics.md`, "Digits" and "Words")."""

from __future__ import annotations

import random
from fractions import Fraction

from workspace import Reading


def plain(value: Fraction) -> str:
    """A number as it is written: whole, or with as many decimals as it needs."""
    if value.denominator == 1:
        return str(value.numerator)
    for decimals in range(1, 7):
        scaled = value * 10**decimals
        if scaled.denominator == 1:
            sign = "-" if value < 0 else ""
            digits = str(abs(scaled.numerator)).rjust(decimals + 1, "0")
            return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"
    raise ValueError(f"{value} has no short decimal")


def grouped(value: Fraction) -> str:
    return f"{value.numerator:,}" if value.denominator == 1 else plain(value)


def as_written(value: Fraction, text: str | None = None) -> Reading:
    """A figure with nothing before it: whole numbers are exact unless two or more zeros end them, decimals are rounded."""
    text = text or plain(value)
    if value.denominator == 1 and "." not in text:
        number, unit = abs(value.numerator), 1
        while number and number % (unit * 10) == 0:
            unit *= 10
        half = Fraction(unit, 2) if unit >= 100 else Fraction(0)
    else:
        half = Fraction(1, 2 * 10 ** len(text.rsplit(".", 1)[1]))
    return Reading(text, value - half, value + half)


def rounded_scaled(value: Fraction, draw: random.Random) -> Reading:
    """"1.2 million": rounded to its last written digit."""
    scale, word = draw.choice([(10**6, " million"), (10**6, "m"), (1000, " thousand")])
    decimals = draw.choice([1, 2])
    step = Fraction(scale, 10**decimals)
    steps = round(value / step)
    shown = Fraction(steps, 10**decimals)
    text = f"{float(shown):.{decimals}f}"
    return Reading(text + word, steps * step - step / 2, steps * step + step / 2)


def words_for(value: Fraction, integer: bool, draw: random.Random, features: set[str]) -> Reading:
    """Some words that a reporter might use for the value; the reading holds the value."""
    step = Fraction(1) if integer else Fraction(1, 10)
    kind = draw.random()
    if value >= 1000 and kind < 0.35:
        features.add("rounded")
        return rounded_scaled(value, draw)
    if kind < 0.52:
        reading = as_written(value)
        if reading.low != reading.high:
            features.add("rounded")
        return reading
    if kind < 0.58:
        return Reading(f"exactly {grouped(value)}", value, value)
    gap = draw.choice([1, 1, 2, 3, 5]) * step
    if value >= 1000:
        gap *= draw.choice([1, 10, 100])
    if kind < 0.66:
        features.add("strict")
        words = draw.choice(["more than", "over", "above"])
        below = value - gap
        if below < 0:
            below, words = Fraction(0), "more than"
        if below >= value:
            return as_written(value)
        return Reading(f"{words} {plain(below)}", below, None, low_open=True)
    if kind < 0.72:
        features.add("closed")
        below = max(value - gap + step, Fraction(0))
        return Reading(f"at least {plain(below)}", below, None)
    if kind < 0.80:
        features.add("strict")
        words = draw.choice(["fewer than", "less than", "under"])
        return Reading(f"{words} {plain(value + gap)}", None, value + gap, high_open=True)
    if kind < 0.86:
        features.add("closed")
        return Reading(f"at most {plain(value + gap - step)}", None, value + gap - step)
    if kind < 0.93:
        features.add("closed")
        low = max(value - draw.choice([0, 1, 2]) * step, Fraction(0))
        high = value + draw.choice([1, 2, 3]) * step
        return Reading(f"between {plain(low)} and {plain(high)}", low, high)
    if kind < 0.95 and value > 0:
        features.add("vague-word")
        return Reading(f"about {plain(value)}", Fraction(0), None, low_open=True)
    if kind < 0.97:
        features.add("vague-word")
        return Reading(f"nearly {plain(value + gap)}", None, value + gap, high_open=True)
    features.add("closed")
    return Reading(f"{plain(value)} ± {plain(gap)}", value - gap, value + gap)


def percent_for(value: Fraction, draw: random.Random, features: set[str]) -> Reading:
    """Some words for a percentage."""
    decimals = draw.choice([0, 0, 1, 1, 2])
    step = Fraction(1, 10**decimals)
    shown = round(value / step) * step
    text = f"{float(shown):.{decimals}f}%"
    kind = draw.random()
    if kind < 0.75:
        features.add("rounded")
        return Reading(text, shown - step / 2, shown + step / 2)
    if kind < 0.85:
        features.add("strict")
        below = Fraction(int(value) - 1)
        if below < 0:
            return Reading(text, shown - step / 2, shown + step / 2)
        return Reading(f"more than {plain(below)}%", below, None, low_open=True)
    features.add("closed")
    above = Fraction(int(value) + 1)
    return Reading(f"at most {plain(above)}%", None, above)
