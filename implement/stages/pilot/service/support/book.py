"""The book of sales: answers, techniques, scripts and rules in versions; how often scripts are used (M45, M57)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from implement.db import db
from implement.engine.suppression import Withheld, withhold_small_groups
from implement.engine.word_search import find_stems, fold, rank
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.removing import remove_row, stands
from implement.rollout.service.usage import list_staff
from implement.stages.pilot.tables.support import BookEntry, BookVersion, ScriptUse
from implement.web.texts import lazy

KINDS = {
    "answer": lazy("answer"),
    "technique": lazy("technique"),
    "script": lazy("script"),
    "rule": lazy("rule"),
}
MOST_FOUND = 100
COUNTED_DAYS = 28


@dataclass(frozen=True)
class EntrySaid:
    """A page as it was typed in."""

    kind: str
    function: str
    title: str
    text: str


@dataclass(frozen=True)
class TeamUse:
    """How often a team used a script in the last four weeks; `withheld` says why it is not said."""

    team_id: int
    name: str
    times: int
    withheld: Withheld | None


def add_entry(rollout_id: int, said: EntrySaid, *, by: Actor, now: datetime) -> BookEntry:
    """Write a page."""
    row = BookEntry(rollout_id=rollout_id, number=1)
    _write(row, said, by=by, now=now)
    db.session.add(row)
    db.session.flush()
    _keep_version(row, "add_page", by=by, now=now)
    return row


def change_entry(row: BookEntry, said: EntrySaid, *, version: int | None, by: Actor, now: datetime) -> None:
    """Write the next version; the ones before stay readable. The same words again are no new version."""
    db.session.refresh(row, with_for_update=True)
    if row.version != version:
        raise EditedMeanwhile(lazy("Somebody else changed this page meanwhile."), theirs=row.text, mine=said.text)
    is_new = (row.title, row.text) != (said.title.strip(), said.text.strip())
    _write(row, said, by=by, now=now)
    if is_new:
        row.number += 1
        _keep_version(row, "change_page", by=by, now=now)
        return
    log_write("change_page", f"page:{row.id}", by=by, now=now, rollout_id=row.rollout_id, number=row.number)


def remove_entry(row: BookEntry, *, is_back: bool, by: Actor, now: datetime) -> None:
    """Take a page out of the book, or put it back."""
    remove_row(row, "page", is_back=is_back, by=by, now=now, rollout_id=row.rollout_id)


def get_entry(rollout_id: int, entry_id: int) -> BookEntry:
    """A page of this rollout."""
    row: BookEntry | None = db.session.get(BookEntry, entry_id)
    if row is None or row.rollout_id != rollout_id:
        raise NotFound(lazy("There is no such page."))
    return row


def list_versions(row: BookEntry) -> list[BookVersion]:
    """All versions, the newest first."""
    asked = select(BookVersion).where(BookVersion.entry_id == row.id).order_by(BookVersion.number.desc())
    return list(db.session.scalars(asked))


def search(rollout_id: int, asked: str, *, kind: str = "") -> list[BookEntry]:
    """Pages that hold all words, those that fit best first; without words all, by title."""
    here = [BookEntry.rollout_id == rollout_id, stands(BookEntry)]
    here += [BookEntry.kind == kind] if kind in KINDS else []
    stems = find_stems(asked)
    here += [BookEntry.folded.contains(f" {stem}", autoescape=True) for stem in stems]
    rows = list(db.session.scalars(select(BookEntry).where(*here).order_by(BookEntry.id.desc()).limit(MOST_FOUND)))
    return sorted(rows, key=lambda row: (-rank(stems, fold(row.title), fold(row.text)), fold(row.title), row.id))


def count_pages(rollout_id: int) -> dict[str, int]:
    """How many pages there are, by kind."""
    counted = func.count().label("pages")
    here = (BookEntry.rollout_id == rollout_id, stands(BookEntry))
    rows = db.session.execute(select(BookEntry.kind, counted).where(*here).group_by(BookEntry.kind))
    return {row.kind: row.pages for row in rows}


def note_use(row: BookEntry, team_id: int | None, *, today: date, now: datetime) -> None:
    """Count that somebody of a team used a script today; who it was is not kept (M45)."""
    if row.kind != "script":
        raise RuleBroken(lazy("Only the use of scripts is counted."))
    if team_id is None:
        raise NotFound(lazy("Only people of a team use scripts."))
    key = (row.id, team_id, today)
    use = db.session.get(ScriptUse, key, with_for_update=True)
    if use is None:
        db.session.add(ScriptUse(entry_id=row.id, team_id=team_id, day=today, times=1))
    else:
        use.times += 1
    db.session.flush()
    log_write("use_script", f"page:{row.id}", by=None, now=now, rollout_id=row.rollout_id)


def count_uses(rollout_id: int, today: date) -> dict[int, int]:
    """By script, how often it was used in the last four weeks."""
    rows = db.session.execute(
        select(ScriptUse.entry_id, func.sum(ScriptUse.times))
        .join(BookEntry, BookEntry.id == ScriptUse.entry_id)
        .where(BookEntry.rollout_id == rollout_id, ScriptUse.day > today - timedelta(days=COUNTED_DAYS))
        .group_by(ScriptUse.entry_id)
    )
    return {entry_id: int(times) for entry_id, times in rows}


def list_uses(row: BookEntry, today: date) -> list[TeamUse]:
    """How often each team used a script in the last four weeks; small teams are withheld."""
    since = ScriptUse.day > today - timedelta(days=COUNTED_DAYS)
    asked = select(ScriptUse.team_id, func.sum(ScriptUse.times)).where(ScriptUse.entry_id == row.id, since)
    times = {team_id: int(count) for team_id, count in db.session.execute(asked.group_by(ScriptUse.team_id))}
    sizes, names = size_teams(row.rollout_id)
    withheld = withhold_small_groups({str(team_id): size for team_id, size in sizes.items()})
    found = [
        TeamUse(team_id, name, 0 if str(team_id) in withheld else times.get(team_id, 0), withheld.get(str(team_id)))
        for team_id, name in names.items()
    ]
    return sorted(found, key=lambda one: (-one.times, one.name))


def size_teams(rollout_id: int) -> tuple[dict[int, int], dict[int, str]]:
    """How many people each team has, and what it is called, in the order of names."""
    staff = [one for one in list_staff(rollout_id) if one.team_id is not None and one.left is None]
    names = dict(sorted({one.team_id: one.team or "" for one in staff}.items(), key=lambda one: one[1]))
    sizes: Mapping[int | None, int] = {team_id: sum(one.team_id == team_id for one in staff) for team_id in names}
    return {int(team_id or 0): size for team_id, size in sizes.items()}, {int(k or 0): v for k, v in names.items()}


def _write(row: BookEntry, said: EntrySaid, *, by: Actor, now: datetime) -> None:
    if said.kind not in KINDS:
        raise RuleBroken(lazy("Please choose from what the page offers."))
    if not said.title.strip() or not said.text.strip():
        raise RuleBroken(lazy("A page needs a title and a text."))
    row.kind, row.function, row.title, row.text = said.kind, said.function, said.title.strip(), said.text.strip()
    row.folded, row.by_name, row.at = f" {fold(row.title)} {fold(row.text)}", by.name, now


def _keep_version(row: BookEntry, action: str, *, by: Actor, now: datetime) -> None:
    version = BookVersion(entry_id=row.id, number=row.number, title=row.title, text=row.text)
    version.by_name, version.at = by.name, now
    db.session.add(version)
    db.session.flush()
    log_write(action, f"page:{row.id}", by=by, now=now, rollout_id=row.rollout_id, number=row.number)
