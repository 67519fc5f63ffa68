"""Usage events as typed rows: who did what to which record, when in the firm's local time."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
import pyarrow as pa

from implement.engine.backend import Backend
from implement.engine.exchange.deeds import read_deed, read_source
from implement.engine.exchange.headers import header_words
from implement.engine.exchange.instants import InstantForm, local_stamps

BLANK_USERS = ("", "null", "none", "nan", "n/a", "-", "?", "(blank)", "<null>")
SESSION_WORDS = frozenset(
    (
        "login",
        "logins",
        "session",
        "sessions",
        "visit",
        "visits",
        "visited",
        "engagement",
        "signins",
        "anmeldungen",
        "anmeldung",
        "logowania",
        "входы",
    )
)
_DEED_COLUMNS = ("object", "action", "lifecycle")
_IDS = ("user", "target_user", "on_behalf_of")
_MOST_DEEDS = 20_000


@dataclass(frozen=True)
class EventColumns:
    """How the columns of one log are read: theirs by ours, the form of its times, what was said about values."""

    columns: Mapping[str, str]
    forms: Mapping[str, InstantForm | None]
    zone: str
    years: tuple[int, int]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    is_sessions_only: bool = False

    def has(self, name: str) -> bool:
        """True when the log has this column."""
        return name in self.columns


def type_events(table: ir.Table, reading: EventColumns, backend: Backend) -> ir.Table:
    """Turn a table of text, or of typed Parquet columns, into usage events.

    Columns: user, at, day, object, action, source, and every further column of the exchange format the log has. Rows
    without user or with an unreadable time keep NULL there; nothing is dropped.
    """
    named = {ours: table[theirs] for ours, theirs in reading.columns.items()}
    named |= {
        ours: said_values(column, reading.values[ours]) for ours, column in named.items() if ours in reading.values
    }
    at = _read_at(named, reading)
    named |= {ours: _plain_ids(named[ours], backend) for ours in _IDS if ours in named}
    typed: dict[str, ir.Value] = {
        "user": credited_user(named),
        "at": at,
        "day": at.date(),
        "said_at": _text(named["ts"]),
    }
    typed |= {
        name: _text(named[name]) for name in ("record_id", "text_hash", "stage_from", "stage_to") if name in named
    }
    if "target_user" in named:
        typed["target_user"] = named["target_user"]
    if "effective_date" in named:
        stamp = local_stamps(named["effective_date"], reading.forms.get("effective_date"), reading.zone, reading.years)
        typed["effective_day"] = stamp.date()
    typed |= {name: _number(named[name]) for name in ("filled", "total", "hits") if name in named}
    if "changed" in named:
        typed["is_changed"] = _claim(named["changed"])
    raw = {f"raw_{name}": _text(named[name]) for name in (*_DEED_COLUMNS, "source") if name in named}
    kept = {"_row": table["_row"]} if "_row" in table.columns else {}
    return name_deeds(table.select(**typed, **raw, **kept), reading, backend)


def join_events(parts: list[ir.Table], backend: Backend) -> ir.Table | None:
    """The typed events of all parts under one name, so that no later question spells out anew how they are read."""
    if not parts:
        return None
    whole = ibis.union(*parts) if len(parts) > 1 else parts[0]
    return backend.view(backend.connection.compile(whole), "log")


def name_deeds(events: ir.Table, reading: EventColumns, backend: Backend) -> ir.Table:
    """Put object, action and source in the words of the exchange format, learnt from the different values there are."""
    keys = [name for name in (*_DEED_COLUMNS, "source") if f"raw_{name}" in events.columns]
    default = "session" if reading.is_sessions_only else "activity"
    if not keys:
        said = {"object": ibis.literal(default), "action": ibis.literal("login" if default == "session" else "update")}
        return events.mutate(source=ibis.literal("manual"), **said)
    seen = events.select(**{name: events[f"raw_{name}"] for name in keys}).distinct().limit(_MOST_DEEDS)
    rows = backend.connection.to_pyarrow(seen).to_pylist()
    named = [_named_deed(row) for row in rows]
    if all(_is_canonical(row, name) for row, name in zip(rows, named, strict=True)):
        missing = {
            name: ibis.literal(named[0][name] if named else default)
            for name in ("object", "action", "source")
            if name not in keys
        }
        kept = {name: events[f"raw_{name}"] for name in keys if name != "lifecycle"}
        if "source" in kept and any(row["source"] is None for row in rows):
            kept["source"] = kept["source"].fill_null("manual")
        return events.mutate(**kept, **missing).drop(*(f"raw_{name}" for name in keys))
    return _join_deeds(events, keys, rows, named, backend)


def _join_deeds(
    events: ir.Table,
    keys: list[str],
    rows: list[dict[str, str | None]],
    named: list[dict[str, str]],
    backend: Backend,
) -> ir.Table:
    """Look each row's words up in a small table; absent words are joined as a sign no log uses."""
    absent = "\x1f"
    columns = {f"said_{name}": [row[name] or absent for row in rows] for name in keys}
    columns |= {name: [each[name] for each in named] for name in ("object", "action", "source")}
    words = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    dictionary = backend.keep_rows(words, "deeds")
    looked = [events[f"raw_{name}"].fill_null(absent) == dictionary[f"said_{name}"] for name in keys]
    joined = events.left_join(dictionary, looked)
    return joined.drop(*(f"raw_{name}" for name in keys), *(f"said_{name}" for name in keys))


def _named_deed(row: Mapping[str, str | None]) -> dict[str, str]:
    deed = read_deed(row.get("object"), row.get("action"), row.get("lifecycle"))
    return {"object": deed.object, "action": deed.action, "source": read_source(row.get("source"))}


def _is_canonical(row: Mapping[str, str | None], named: Mapping[str, str]) -> bool:
    return "lifecycle" not in row and all(
        row[name] == named[name] or (name == "source" and row[name] is None)
        for name in ("object", "action", "source")
        if name in row
    )


def is_sessions_only(columns: Mapping[str, str], header: tuple[str, ...], table_name: str) -> bool:
    """True when a log says no more than that somebody was there: neither what was done nor to which record."""
    if any(name in columns for name in ("object", "action", "lifecycle")):
        return False
    words = {word for name in (*header, table_name) for word in header_words(name)}
    return "record_id" not in columns or bool(words & SESSION_WORDS)


def credited_user(named: Mapping[str, ir.Value]) -> ir.StringValue:
    """The person an event counts for: the one represented, else the one who did it; NULL when nobody is named."""
    user = named["user"]
    return named["on_behalf_of"].fill_null(user) if "on_behalf_of" in named else user


def _plain_ids(column: ir.Value, backend: Backend) -> ir.StringValue:
    """Ids without blanks around them; a column without any is taken as it is, so that later passes stay fast."""
    plain = plain_id(column)
    if not column.type().is_string():
        return plain
    ids = column.name("id").as_table().distinct()
    others = ids.filter(~plain_id(ids.id).identical_to(ids.id)).limit(1)
    return plain if backend.connection.to_pyarrow(others).num_rows else column


def plain_id(column: ir.Value) -> ir.StringValue:
    """An id as text without blanks around it; NULL for blank ids and for the words that mean none."""
    if column.type().is_floating():
        column = column.cast("int64")
    text = column.cast("string").strip()
    return ibis.ifelse(text.lower().isin(BLANK_USERS), ibis.null("string"), text)


def said_values(column: ir.Value, pairs: Mapping[str, str]) -> ir.StringValue:
    """Replace values as a person has mapped them."""
    text = column.cast("string")
    return text.substitute(dict(pairs), else_=text) if pairs else text


def _read_at(named: Mapping[str, ir.Value], reading: EventColumns) -> ir.TimestampValue:
    at = local_stamps(named["ts"], reading.forms.get("ts"), reading.zone, reading.years)
    if "time_of_day" not in named:
        return at
    clock = _text(named["time_of_day"])
    hours = clock.re_extract(r"^(\d{1,2}):", 1).try_cast("int64").fill_null(0)
    minutes = clock.re_extract(r":(\d\d)", 1).try_cast("int64").fill_null(0)
    return at + (hours * 60 + minutes).as_interval("m")


def _text(column: ir.Value) -> ir.StringValue:
    return column.cast("string")


def _number(column: ir.Value) -> ir.Value:
    return column if column.type().is_numeric() else column.cast("string").try_cast("float64")


def _claim(column: ir.Value) -> ir.BooleanValue:
    """False where a column says that nothing changed; NULL means it does not say."""
    kind: dt.DataType = column.type()
    if kind.is_boolean():
        return column
    if kind.is_numeric():
        return column != 0
    return ~column.cast("string").strip().lower().isin(("0", "0.0", "false", "no", "nein", "nie", "нет"))
