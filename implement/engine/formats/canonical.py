"""Write every value of a column in the one canonical way, as an expression for any engine."""

import ibis
import ibis.expr.types as ir

from implement.engine.formats.dates import DATE_FORMATS, HALF, HOUR, MINUTE, MONTH_OF_STEM, SECOND, ZONE, DateFormat
from implement.engine.formats.numbers import NUMBER_FORMATS, NumberFormat
from implement.engine.formats.profile import DEFAULT_FORMATS, ColumnProfile, FormatSettings, Kind
from implement.engine.formats.words import FALSE_WORDS, MAIL, TRUE_WORDS

WHITE = "[\\s\x0b\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def nfc_normalize(text: str) -> str:
    """Compose letters and their marks."""
    raise NotImplementedError


def canonical(
    text: ir.StringValue, profile: ColumnProfile, settings: FormatSettings = DEFAULT_FORMATS
) -> ir.StringValue:
    """One text per value: ISO dates, plain decimals, true or false, tidy text; NULL for blanks.

    A value its column's formats do not parse stays as tidy text, so that nothing is lost.
    """
    tidied = tidy_text(text)
    if profile.kind in (Kind.DATE, Kind.TIMESTAMP):
        return ibis.coalesce(*(_date_text(tidied, name, profile, settings) for name in profile.formats), tidied)
    if profile.kind in (Kind.INTEGER, Kind.DECIMAL):
        return ibis.coalesce(*(_number_text(tidied, NUMBER_FORMATS[name]) for name in profile.formats), tidied)
    if profile.kind is Kind.BOOLEAN:
        return _boolean_text(tidied)
    if profile.kind is Kind.MAIL:
        return ibis.ifelse(tidied.re_search(MAIL), tidied.lower().re_replace("^mailto:", ""), tidied)
    if profile.kind is Kind.PHONE:
        return _phone_text(tidied)
    return tidied


def parsed(text: ir.StringValue, profile: ColumnProfile, settings: FormatSettings = DEFAULT_FORMATS) -> ir.Value:
    """The value in its own type (date, timestamp, int64, float64, boolean, else text); NULL where it does not parse."""
    types = {
        Kind.DATE: "date",
        Kind.TIMESTAMP: "timestamp",
        Kind.INTEGER: "int64",
        Kind.DECIMAL: "float64",
        Kind.BOOLEAN: "boolean",
    }
    written = canonical(text, profile, settings)
    return written.try_cast(types[profile.kind]) if profile.kind in types else written


def tidy_text(text: ir.StringValue) -> ir.StringValue:
    """Trim, collapse white space, compose letters (NFC); NULL when nothing is left."""
    return nfc_normalize(text.re_replace(WHITE, " ").strip()).nullif("")


def _date_text(text: ir.StringValue, name: str, profile: ColumnProfile, settings: FormatSettings) -> ir.StringValue:
    """Day and time to the second; an export that adds 00:00:00 to a day has added nothing."""
    if name not in DATE_FORMATS:
        return _serial_text(text, name)
    written = DATE_FORMATS[name]
    moment = _day(text, written, written.pattern, settings) + _clock(text, written)
    if profile.is_zoned and settings.to_utc:
        moment = ibis.coalesce(_in_utc(moment, text.re_extract(written.pattern, ZONE)), moment)
    return ibis.cases(
        (text.re_search(written.day_pattern), _day(text, written, written.day_pattern, settings)),
        (text.re_search(written.pattern), moment.re_replace("T00:00:00$", "")),
        else_=ibis.null("string"),
    )


def _in_utc(iso: ir.StringValue, zone: ir.StringValue) -> ir.StringValue:
    digits = zone.re_replace("[^0-9]", "").rpad(4, "0")
    minutes = digits.substr(0, 2).try_cast("int64") * 60 + digits.substr(2, 2).try_cast("int64")
    ahead = ibis.ifelse(zone.startswith("-"), -minutes, minutes)
    seconds = iso.try_cast("timestamp").epoch_seconds().cast("int64") - ahead * 60
    return seconds.as_timestamp("s").strftime("%Y-%m-%dT%H:%M:%S")


def _day(text: ir.StringValue, written: DateFormat, pattern: str, settings: FormatSettings) -> ir.StringValue:
    year, month, day = (text.re_extract(pattern, group) for group in (written.year, written.month, written.day))
    if written.short_year:
        year = ibis.ifelse(year >= f"{settings.first_year_of_1900s:02d}", "19", "20") + year
    if written.named_month:
        month = month.lower().substr(0, 3).cases(*MONTH_OF_STEM.items(), else_="00")
    return year + "-" + month.lpad(2, "0") + "-" + day.lpad(2, "0")


def _clock(text: ir.StringValue, written: DateFormat) -> ir.StringValue:
    hour, minute, second = (text.re_extract(written.pattern, part) for part in (HOUR, MINUTE, SECOND))
    half = text.re_extract(written.pattern, HALF).lower().substr(0, 1)
    hour = hour.lpad(2, "0")
    afternoon = (hour.try_cast("int64") + 12).cast("string")
    hour = ibis.cases(((half == "p") & (hour < "12"), afternoon), ((half == "a") & (hour == "12"), "00"), else_=hour)
    return "T" + hour + ":" + minute.lpad(2, "0") + ":" + second.lpad(2, "0")


def _serial_text(text: ir.StringValue, name: str) -> ir.StringValue:
    amount = text.try_cast("float64")
    seconds = {"excel": (amount - 25569) * 86400, "epoch_s": amount, "epoch_ms": amount / 1000}[name]
    return seconds.round().cast("int64").as_timestamp("s").strftime("%Y-%m-%dT%H:%M:%S").replace("T00:00:00", "")


def _number_text(text: ir.StringValue, written: NumberFormat) -> ir.StringValue:
    minus = text.re_search("[(\u2212]|^[^0-9]*-|-$")
    body = text.re_replace(r"^[^0-9]*[^0-9.,]|[^0-9]+$|[^0-9.,eE+-]", "")
    if written.group in (",", r"\."):
        body = body.replace(written.group[-1], "")
    plain = _plain_decimal(body.replace(",", ".") if written.decimal == "," else body)
    signed = ibis.ifelse(minus & (plain != "0"), "-" + plain, plain)
    return ibis.ifelse(text.re_search(written.pattern), signed, ibis.null("string"))


def _plain_decimal(body: ir.StringValue) -> ir.StringValue:
    expanded = body.try_cast("float64").try_cast("decimal(38, 9)").cast("string")
    whole = ibis.ifelse(body.re_search("[eE]"), expanded, body)
    trimmed = whole.re_replace(r"^(\d*)\.0*$", r"\1").re_replace(r"(\.\d*[1-9])0+$", r"\1")
    return ibis.ifelse(trimmed.startswith("."), "0" + trimmed, trimmed).re_replace("^$", "0")


def _boolean_text(text: ir.StringValue) -> ir.StringValue:
    word = text.lower()
    return ibis.cases((word.isin(TRUE_WORDS), "true"), (word.isin(FALSE_WORDS), "false"), else_=text)


def _phone_text(text: ir.StringValue) -> ir.StringValue:
    digits = text.lower().re_replace(r"(?:x|ext\.?|доб\.?|#)", "x").re_replace(r"[^0-9+x]", "")
    return digits.re_replace("^00", "+")
