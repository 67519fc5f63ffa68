"""Calls and mails as a telephone bill or a mail gateway counts them: how many, by whom, on which day, in or out.

Whom somebody spoke or wrote with only tells that it was a client; neither that nor anything said is handed on.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from implement.engine.backend import Backend
from implement.engine.exchange.events import BLANK_USERS
from implement.engine.exchange.faults import ExchangeFault
from implement.engine.exchange.headers import header_words
from implement.engine.exchange.reading import Exchange
from implement.engine.exchange.vocabulary.words import word_list
from implement.engine.exchange.workforce import Row, RowReader, plain_user
from implement.engine.intake import ROW

CALL, MAIL, IN, OUT = "call", "mail", "in", "out"
MAIL_WORDS = frozenset(
    word_list("mail | mails | email | e mail | smtp | gateway | wiadomosc | poczta | письмо | письма | почта")
)
IN_WORDS = frozenset(
    word_list("""
        in | incoming | inbound | received | eingehend | eingang | empfangen | przychodzace | przychodzacy | входящии |
        входящая | входящее
    """)
)
OUT_WORDS = frozenset(
    word_list("""
        out | outgoing | outbound | sent | dialled | dialed | ausgehend | ausgang | gesendet | wychodzace | wychodzacy |
        исходящии | исходящая | исходящее
    """)
)
WRITTEN_DAY = r"^(\d{1,4}[-./]\d{1,2}[-./]\d{1,4})"


@dataclass(frozen=True)
class CallCount:
    """So many calls or mails of one person on one day, in, out, or either where the list does not tell."""

    user: str
    day: date
    channel: str
    direction: str
    count: int


@dataclass(frozen=True)
class ListedCalls:
    """What a list holds; rows that name nobody outside are in none of the counts but in `without_client`."""

    counts: tuple[CallCount, ...] = ()
    without_client: int = 0


NO_CALLS = ListedCalls()


def list_calls(exchange: Exchange, backend: Backend) -> tuple[ListedCalls, list[ExchangeFault]]:
    """The calls and mails of a table, counted, with every fault; a row without a number of its own counts once."""
    role = next((role for role in exchange.roles if role.kind == "calls"), None)
    if role is None or exchange.calls is None:
        return NO_CALLS, []
    rows = backend.connection.to_pyarrow(_group(exchange.calls)).to_pylist()
    reader = RowReader(role.table, role.columns, rows)
    return _read(reader, is_of_mails=bool(MAIL_WORDS & set(header_words(role.table)))), reader.faults


def join_calls(lists: Iterable[ListedCalls]) -> ListedCalls:
    """Several lists as one: what they say of the same person's day adds up."""
    found = list(lists)
    sums = Counter[tuple[str, date, str, str]]()
    for one in (count for each in found for count in each.counts):
        sums[one.user, one.day, one.channel, one.direction] += one.count
    counts = tuple(CallCount(*key, count) for key, count in sorted(sums.items()))
    return ListedCalls(counts, sum(one.without_client for one in found))


def _group(calls: ir.Table) -> ir.Table:
    """Alike rows together: by user, written day, direction, channel, number, and whether a client is named."""
    day = calls["date"].re_extract(WRITTEN_DAY, 1)
    said = {name: calls[name] for name in ("user", "direction", "channel", "count") if name in calls.columns}
    names = calls["client"] if "client" in calls.columns else ibis.literal("somebody")
    marked = calls.select(
        ROW, **said, date=ibis.ifelse(day == "", calls["date"], day), has_client=names.fill_null("").strip() != ""
    )
    keys = [name for name in marked.columns if name != ROW]
    grouped = marked.group_by(keys).aggregate(rows=marked.count(), **{ROW: marked[ROW].min()})
    return grouped.order_by(ROW)


def _read(reader: RowReader, *, is_of_mails: bool) -> ListedCalls:
    counts, without = Counter[tuple[str, date, str, str]](), 0
    for row in reader.rows:
        place = int(str(row[ROW]))
        day = reader.day(place, row, "date")
        each = _count(reader, place, row)
        if not reader.demand(place, row, "user", "date") or day is None or each is None:
            continue
        user, times = plain_user(reader.text(row, "user")) or "", int(str(row["rows"])) * each
        if row["has_client"] and user.lower() not in BLANK_USERS:
            counts[user, day, _channel(reader.text(row, "channel"), is_of_mails), _direction(row)] += times
        else:
            without += times
    found = (CallCount(*key, count) for key, count in sorted(counts.items()) if count)
    return ListedCalls(tuple(found), without)


def _count(reader: RowReader, place: int, row: Row) -> int | None:
    """How many a row stands for; one where it does not say."""
    text = reader.text(row, "count")
    if text is None:
        return 1
    if not text.removesuffix(".0").isdigit():
        reader.report(place, "count", "number_unreadable", text)
        return None
    return int(text.removesuffix(".0"))


def _channel(text: str | None, is_of_mails: bool) -> str:
    if text is None:
        return MAIL if is_of_mails else CALL
    return MAIL if MAIL_WORDS & set(header_words(text)) else CALL


def _direction(row: Row) -> str:
    words = set(header_words(row.get("direction") or ""))
    return IN if words & IN_WORDS else OUT if words & OUT_WORDS else ""
