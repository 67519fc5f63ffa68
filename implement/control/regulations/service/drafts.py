"""Texts being written: begun, changed by several people without losing a word, kept as a version for good."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from implement.control.regulations.tables import RegulationDraft
from implement.db import change_rows, db
from implement.engine.law import Terms, UnusableTerms, read_terms, write_terms
from implement.engine.law.terms import Plain
from implement.rollout.service import regulations
from implement.rollout.service.errors import EditedMeanwhile, NotFound, RuleBroken
from implement.rollout.service.log import Actor, log_write
from implement.rollout.service.regulations import RegulationVersion
from implement.web.texts import lazy

KEYED = ("grounds", "kpis")
NAMED = ("grounds", "kpis", "checks", "meetings")
MOST_TERMS = 60
MOST_DAYS, MOST_MONTHS = 90, 120


@dataclass(frozen=True)
class DraftText:
    """What is typed of a draft: its title, words and first day."""

    title: str
    text: str
    valid_from: date


def begin_draft(
    rollout_id: int, kind: str, said: DraftText, *, terms: Terms | None = None, by: Actor, now: datetime
) -> RegulationDraft:
    """Begin a new text."""
    return _begin(rollout_id, None, kind, said, write_terms(terms or Terms()), by=by, now=now)


def begin_next(rollout_id: int, version_id: int, *, valid_from: date, by: Actor, now: datetime) -> RegulationDraft:
    """Begin the next version from one that stands; the draft that was begun already is gone on with."""
    regulation, version = regulations.get_version(rollout_id, version_id)
    open_one = select(RegulationDraft).where(RegulationDraft.regulation_id == regulation.id)
    found: RegulationDraft | None = db.session.scalar(open_one)
    if found is not None:
        return found
    said = DraftText(regulation.title, version.text, max(valid_from, version.valid_from))
    return _begin(rollout_id, regulation.id, regulation.kind, said, dict(version.terms), by=by, now=now)


def get_draft(rollout_id: int, draft_id: int) -> RegulationDraft:
    """A draft of this rollout."""
    here = (RegulationDraft.id == draft_id, RegulationDraft.rollout_id == rollout_id)
    found: RegulationDraft | None = db.session.scalar(select(RegulationDraft).where(*here))
    if found is None:
        raise NotFound(lazy("There is no such draft; it may have been kept as a version already."))
    return found


def list_drafts(rollout_id: int) -> list[tuple[int, str, str, datetime]]:
    """Every draft: id, title, kind, when it was begun."""
    asked = select(RegulationDraft.id, RegulationDraft.title, RegulationDraft.kind, RegulationDraft.at)
    rows = db.session.execute(asked.where(RegulationDraft.rollout_id == rollout_id).order_by(RegulationDraft.id))
    return [(draft_id, title, kind, at) for draft_id, title, kind, at in rows]


def save_draft(
    draft: RegulationDraft, said: DraftText, changes: dict[str, object], *, seen: int | None, by: Actor, now: datetime
) -> None:
    """Save words and who is bound; what somebody else saved meanwhile is shown beside it and not overwritten."""
    if seen != draft.version:
        sentence = lazy("Somebody else changed this draft meanwhile; nothing was overwritten.")
        raise EditedMeanwhile(sentence, theirs=draft.text, mine=said.text)
    draft.title, draft.text, draft.valid_from = said.title.strip(), said.text, said.valid_from
    _keep_terms(draft, replace(read_terms(draft.terms), **changes))  # type: ignore[arg-type]
    _log(draft, "save_draft", by, now)


def add_term(draft: RegulationDraft, kind: str, row: dict[str, Plain], *, by: Actor, now: datetime) -> None:
    """Add a ground, a KPI, a check or a meeting; the names of grounds and KPIs are taken once each."""
    rows = _rows(draft, kind)
    if kind in KEYED and any(isinstance(one, dict) and one.get("key") == row.get("key") for one in rows):
        raise RuleBroken(lazy("There is one of this name already."))
    if kind == "meetings":
        rows = [one for one in rows if isinstance(one, dict) and one.get("kind") != row.get("kind")]
    if len(rows) >= MOST_TERMS:
        raise RuleBroken(lazy("Nobody reads so many; take some out first."))
    changed = {**draft.terms, kind: [*rows, row]}
    try:
        _keep_terms(draft, read_terms(changed))
    except UnusableTerms as fault:
        raise RuleBroken(_SENTENCES.get(str(fault), lazy("This cannot be meant; please look at it again."))) from fault
    _log(draft, "add_term", by, now)


def drop_term(draft: RegulationDraft, kind: str, place: int, *, by: Actor, now: datetime) -> None:
    """Take a term out again, by its place from 0."""
    rows = _rows(draft, kind)
    if not 0 <= place < len(rows):
        raise NotFound(lazy("This was taken out already."))
    _keep_terms(draft, read_terms({**draft.terms, kind: rows[:place] + rows[place + 1 :]}))
    _log(draft, "drop_term", by, now)


def keep_version(draft: RegulationDraft, *, seen: int | None, by: Actor, now: datetime) -> RegulationVersion:
    """Keep the draft as a version that nobody changes any more; it waits for approval."""
    if seen != draft.version:
        raise RuleBroken(lazy("Somebody else changed this draft meanwhile. Please read it again."))
    if draft.regulation_id is None:
        regulation = regulations.begin_regulation(draft.rollout_id, draft.kind, draft.title)
    else:
        regulation = regulations.get_regulation(draft.rollout_id, draft.regulation_id)
    version = regulations.write_version(
        regulation, text=draft.text, valid_from=draft.valid_from, terms=dict(draft.terms), by=by, now=now
    )
    _delete(draft)
    return version


def drop_draft(draft: RegulationDraft, *, by: Actor, now: datetime) -> None:
    """Give a draft up; versions that stand are not touched."""
    _delete(draft)
    _log(draft, "drop_draft", by, now)


def _begin(
    rollout_id: int, regulation_id: int | None, kind: str, said: DraftText, terms: dict[str, Plain], *, by: Actor,
    now: datetime,
) -> RegulationDraft:  # fmt: skip
    draft = RegulationDraft(
        rollout_id=rollout_id, regulation_id=regulation_id, kind=kind, title=said.title.strip(), text=said.text,
        valid_from=said.valid_from, terms=terms, by_id=by.id, at=now,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(draft)
    except IntegrityError as fault:
        raise RuleBroken(lazy("Somebody began the next version at the same moment; please open it.")) from fault
    _log(draft, "begin_draft", by, now)
    return draft


def _rows(draft: RegulationDraft, kind: str) -> list[Plain]:
    if kind not in NAMED:
        raise NotFound(lazy("There is no such part of a regulation."))
    kept = draft.terms.get(kind)
    return list(kept) if isinstance(kept, list) else []


def _keep_terms(draft: RegulationDraft, terms: Terms) -> None:
    """Terms are kept as a new value, so that the row knows it has changed."""
    draft.terms = write_terms(terms)


def _delete(draft: RegulationDraft) -> None:
    """Of two who keep or drop the same draft at once, one does."""
    mine = (RegulationDraft.id == draft.id, RegulationDraft.version == draft.version)
    if not change_rows(delete(RegulationDraft).where(*mine)):
        raise NotFound(lazy("There is no such draft; it may have been kept as a version already."))
    db.session.expunge(draft)


def _log(draft: RegulationDraft, action: str, by: Actor, now: datetime) -> None:
    log_write(action, f"draft:{draft.id}", by=by, now=now, rollout_id=draft.rollout_id)


_SENTENCES = {
    "each": lazy("A reduction is a share between 0 and 100 % of the variable part."),
    "cap": lazy("The most a month is a share up to 100 %, and not below what a single time costs."),
    "cap_of_pay": lazy("The share of the month's pay lies between 0 and 100 %."),
    "weekdays": lazy("A daily meeting needs its weekdays, a weekly one exactly one."),
    "minutes": lazy("A daily meeting takes at most fifteen minutes, a weekly one at most eight hours."),
}
