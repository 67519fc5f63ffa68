"""Public holidays of three countries, written from their laws; for the Russia of 2026 with the decree's moved days."""

from datetime import date, timedelta

RUSSIA_2026 = ((1, 9), (3, 9), (5, 11), (12, 31))


def easter(year: int) -> date:
    """Easter Sunday by Gauss's rule as Lichtenberg mended it."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    place = (19 * (year % 19) + moon) % 30
    full = 21 + place - (place // 29 + (place // 28 - place // 29) * (year % 19 // 11))
    first = 7 - (year + year // 4 + sun) % 7
    return date(year, 3, 1) + timedelta(days=full + 7 - (full - first) % 7 - 1)


def germany(year: int) -> set[date]:
    """What holds in all of Germany."""
    fixed = {date(year, *day) for day in ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))}
    return fixed | {easter(year) + timedelta(days=days) for days in (-2, 1, 39, 50)}


def poland(year: int) -> set[date]:
    """With Epiphany since 2011 and Christmas Eve since 2025."""
    fixed = {(1, 1), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)}
    fixed |= ({(1, 6)} if year >= 2011 else set()) | ({(12, 24)} if year >= 2025 else set())
    return {date(year, *day) for day in fixed} | {easter(year) + timedelta(days=days) for days in (0, 1, 49, 60)}


def russia(year: int) -> set[date]:
    """By article 112 of the labour code; in 2026 with the days that were moved."""
    fixed = {(1, day) for day in range(1, 9)} | {(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
    return {date(year, *day) for day in (fixed | set(RUSSIA_2026) if year == 2026 else fixed)}
