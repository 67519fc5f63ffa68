"""What is read by a link, without an account: texts and targets that were handed out to one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for

from implement.control.activity.service.catalogue import read_kpis
from implement.control.activity.service.delivering import DeliveryRow, read_deliveries
from implement.control.activity.service.periods import PeriodRow, list_periods
from implement.control.regulations import words
from implement.rollout.service.outbox import Letter, post_mails
from implement.rollout.service.person_links import LinkGuest
from implement.rollout.service.reading_links import LinkRow, list_link_readers, list_without_account
from implement.rollout.service.regulations import VersionRow, get_version, list_readings
from implement.web.texts import _, _n, day, language

TOKEN = "TOKEN"
Text = tuple[VersionRow, datetime | None]
Sheet = tuple[PeriodRow, DeliveryRow]


@dataclass(frozen=True)
class LinkMade:
    """A link that is shown once, and whether it is on its way by mail."""

    row: LinkRow
    url: str


@dataclass(frozen=True)
class ReaderRow:
    """Somebody without an account: until when their link holds, how many texts and sheets wait for them."""

    row: LinkRow
    holds: bool
    waiting: int
    was_given: bool


def describe_readers(rollout_id: int, today: date, now: datetime) -> dict[str, object]:
    """Everybody without an account, with what waits for each."""
    readings, sheets = list_readings(rollout_id), _list_sheets(rollout_id, today)
    readers = list_link_readers(rollout_id)
    rows = []
    for row in list_without_account(rollout_id, today):
        texts = sum(at is None for _row, at in readings.get(row.person_id, []))
        targets = sum(not sheet.acknowledged_at for _one, sheet in sheets.get(row.person_id, []))
        holds = row.until is not None and row.until > now
        rows.append(ReaderRow(row, holds, texts + targets, row.person_id in readers))
    without = sum(not one.holds for one in rows)
    said = _n(
        "One person has neither an account nor a link.", "%(num)d people have neither an account nor a link.", without
    )  # fmt: skip
    return {"rows": rows, "answer": said if without else _("Everybody can read what is handed out to them.")}


def describe_reading(reader: LinkGuest, today: date) -> dict[str, object]:
    """Texts and targets of one person, those that wait first."""
    texts = sorted(list_readings(reader.rollout_id).get(reader.person_id, []), key=lambda one: one[1] is not None)
    sheets = _list_sheets(reader.rollout_id, today).get(reader.person_id, [])
    return {
        "reader": reader, "texts": texts, "sheets": sheets, "kpis": read_kpis(reader.rollout_id, language()),
        "answer": say_reading(reader, texts, sheets), "words": words,
        "written": {row.version_id: get_version(reader.rollout_id, row.version_id)[1].text for row, _at in texts},
    }  # fmt: skip


def say_reading(reader: LinkGuest, texts: Sequence[Text], sheets: Sequence[Sheet]) -> str:
    """The first line."""
    waiting = sum(at is None for _row, at in texts) + sum(not sheet.acknowledged_at for _one, sheet in sheets)
    if not waiting:
        return _("%(name)s, you have read everything.", name=reader.name)
    return _n(
        "%(name)s, one thing waits to be read.", "%(name)s, %(num)d things wait to be read.", waiting, name=reader.name
    )  # fmt: skip


def send_links(made: Sequence[tuple[LinkRow, str]], *, now: datetime) -> list[LinkMade]:
    """The links as they are shown once, put into the outbox where an address is known."""
    stem = url_for("reading.show", token=TOKEN, _external=True)
    links = [LinkMade(row, stem.replace(TOKEN, token)) for row, token in made]
    post_mails((_write_letter(one, now) for one in links if one.row.email and one.row.until), now=now)
    return links


def _write_letter(link: LinkMade, now: datetime) -> Letter:
    row = link.row
    body = _(
        "Good day %(name)s,\n\nplease read and acknowledge what was handed out to you:\n\n%(url)s\n\nThe link "
        "holds until %(until)s and is for you alone; please do not pass it on.",
        name=row.name, url=link.url, until=day(row.until),
    )  # fmt: skip
    key = f"reading-link:{row.person_id}:{int(now.timestamp() * 1_000_000)}"
    return Letter(key, row.email, _("Please read and acknowledge"), body)


def _list_sheets(rollout_id: int, today: date) -> dict[int, list[Sheet]]:
    """By person the sheets of periods that are not over."""
    found: dict[int, list[Sheet]] = {}
    for period in list_periods(rollout_id):
        if not period.has_ended(today):
            for who, sheet in read_deliveries(rollout_id, period).items():
                found.setdefault(who, []).append((period, sheet))
    return found
