"""Numbers, shares, money, days, instants and durations as the reader's language writes them."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from babel.units import format_unit
from flask_babel import get_locale, get_timezone

Number = int | float | Decimal | Fraction
NOTHING = "–"
YEAR_WORD = re.compile(r"\s*г\.$")
ENGLISH = Locale("en", "GB")


def number(value: Number | None, decimals: int | None = None) -> str:
    """8,800 or 8.800; whole unless decimals are asked for, rounded half up."""
    if value is None:
        return NOTHING
    places = decimals if decimals is not None else (0 if isinstance(value, int) else 1)
    return _write(_round(value, places), places, locale())


def share(value: Number | None, decimals: int = 0) -> str:
    """A share 0–1 as a percentage; what is not all never reads as 100 %, what is not nothing never as 0 %."""
    if value is None:
        return NOTHING
    percent = _round(_exact(value) * 100, decimals)
    step = Decimal(1).scaleb(-decimals)
    if percent >= 100 and _exact(value) < 1:
        return f"> {_percent(100 - step, decimals)}"
    if percent == 0 and value > 0:
        return f"< {_percent(step, decimals)}"
    return _percent(percent, decimals)


def money(amount_minor: int | None, currency: str) -> str:
    """An amount in minor units with its currency: 79000 EUR is €790.00 or 790,00 €."""
    if amount_minor is None:
        return NOTHING
    places = numbers.get_currency_precision(currency)
    amount = Decimal(amount_minor).scaleb(-places)
    return str(numbers.format_currency(amount, currency, locale=locale()))


def plain_money(amount_minor: int | None, currency: str) -> str:
    """An amount in a sentence or at an axis: without its cents where it has none."""
    return shown_alike([amount_minor], "money", currency)[0]


def shown_alike(values: Sequence[object], kind: str, currency: str = "EUR") -> list[str]:
    """Cells that stand together, as their kind is written; amounts without cents where none of them has any."""
    unit = 10 ** numbers.get_currency_precision(currency)
    amounts = [value for value in values if value is not None]
    if kind != "money" or not all(isinstance(amount, int) and amount % unit == 0 for amount in amounts):
        return [shown(value, kind, currency) for value in values]
    return [whole_money(value // unit, currency) if isinstance(value, int) else NOTHING for value in values]


def whole_money(amount: Number, currency: str) -> str:
    """An amount given in whole units, rounded to them: 148,200 €."""
    pattern = locale().currency_formats["standard"].pattern.replace(".00", "")
    rounded = Decimal(round(amount))
    return str(numbers.format_currency(rounded, currency, pattern, locale=locale(), currency_digits=False))


def rounded_money(amount_minor: Number, currency: str) -> str:
    """An amount in minor units without its cents: nobody plans three years by the cent."""
    return whole_money(Fraction(amount_minor) / 10 ** numbers.get_currency_precision(currency), currency)


def day(value: date | None, format: str = "medium") -> str:
    """A working day: 12 Mar 2024; an instant is brought to the firm's time zone first.

    Russian leaves off the word for year, whose full stop would stand before that of the sentence.
    """
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        value = to_firm_time(value)
    return YEAR_WORD.sub("", str(dates.format_date(value, format, locale=locale())))


def month(value: date, *, begins: bool = False) -> str:
    """A month by its name and year, as it stands alone: May 2024, Mai 2024, maj 2024; `begins` a sentence: Maj 2024."""
    said = str(dates.format_date(value, "LLLL y", locale=locale()))
    return said[:1].upper() + said[1:] if begins else said


def short_day(value: date) -> str:
    """A day without its year, for axes: 12 Mar."""
    return str(dates.format_skeleton("MMMd", value, locale=locale()))


def short_month(value: date) -> str:
    """A month with its year, for axes: Mar 2024."""
    return YEAR_WORD.sub("", str(dates.format_skeleton("yMMM", value, locale=locale())))


def instant(value: datetime | None) -> str:
    """An instant as day and minute in the firm's time zone."""
    if value is None:
        return NOTHING
    local = to_firm_time(value)
    return f"{day(local)}, {dates.format_time(local, 'short', locale=locale())}"


def minutes(value: Number | None) -> str:
    """A duration given in minutes: 1 h 30 min; below one minute in seconds, from two days on in days."""
    if value is None:
        return NOTHING
    if 0 < value < 1:
        return _unit(int(_round(_exact(value) * 60, 0)), "second")
    whole = int(_round(value, 0))
    if whole >= 2 * 1440:
        return _two_units(whole // 60, 24, "day", "hour")
    return _two_units(whole, 60, "hour", "minute")


def bytes_size(value: int | None) -> str:
    """The size of a file: 259 kB."""
    if value is None:
        return NOTHING
    for unit, size in (("gigabyte", 10**9), ("megabyte", 10**6), ("kilobyte", 10**3)):
        if value >= size:
            return str(format_unit(_round(Fraction(value, size), 1), f"digital-{unit}", "short", locale=locale()))
    return str(format_unit(value, "digital-byte", "short", locale=locale()))


def shown(value: object, kind: str = "text", currency: str = "EUR") -> str:
    """A cell as its kind is written; the kinds are those of columns in listings and charts."""
    if value is None or value == "":
        return NOTHING
    if kind == "money":
        return money(value, currency)  # type: ignore[arg-type]
    return KINDS[kind](value)


def to_firm_time(value: datetime) -> datetime:
    """The instant on the clock of the firm."""
    return value.astimezone(_zone())


def locale() -> Locale:
    """The locale in effect; English is written as in Europe, day before month and 24 hours."""
    current = get_locale()
    return ENGLISH if current is None or current.language == "en" else current


def _zone() -> ZoneInfo:
    zone = get_timezone() if get_locale() is not None else None
    return ZoneInfo(str(zone)) if zone is not None else ZoneInfo("UTC")


def _exact(value: Number) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _round(value: Number, places: int) -> Decimal:
    return _exact(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _pattern(places: int) -> str:
    return "#,##0" + ("." + "0" * places if places else "")


def _percent(percent: Decimal, decimals: int) -> str:
    language = locale()
    return f"{_write(percent, decimals, language)}{language.percent_formats[None].suffix[0]}"


@lru_cache(maxsize=10_000)
def _write(value: Decimal, places: int, language: Locale) -> str:
    """A number with so many decimals; a page writes the same ones over and over."""
    return str(numbers.format_decimal(value, format=_pattern(places), locale=language))


def _unit(count: int, unit: str) -> str:
    return str(format_unit(count, f"duration-{unit}", "short", locale=locale()))


def _two_units(count: int, base: int, large: str, small: str) -> str:
    whole, rest = divmod(abs(count), base)
    parts = [_unit(whole, large)] if whole else []
    if rest or not parts:
        parts.append(_unit(rest, small))
    return ("-" if count < 0 else "") + " ".join(parts)


KINDS: dict[str, Callable[..., str]] = {
    "text": str,
    "number": number,
    "share": share,
    "day": day,
    "month": month,
    "instant": instant,
    "minutes": minutes,
    "bytes": bytes_size,
}
