"""An audit at Nordwind: Carol consults, Petra leads at the client, Jan heads a team. Nothing here commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app

from implement.engine.checklist import AnswerKind, Item, Pack
from implement.rollout.tables import User
from implement.stages.audit.service import answers, audits, people
from implement.stages.audit.service.shelf import FIRST_HOUR
from implement.stages.audit.tables import Audit, AuditPerson
from implement.web.access import Role
from tests import builders

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIGURES = {
    "salespeople": "12",
    "requests_month": "400",
    "unanswered_share": "30",
    "closing_share": "25",
    "average_order": "1850",
    "entry_hours": "3.5",
    "hour_cost": "42",
}


@dataclass
class Case:
    """The audit and everybody in it."""

    rollout_id: int
    audit: Audit
    pack: Pack
    carol: User
    own: AuditPerson
    petra: AuditPerson
    jan: AuditPerson

    def item(self, name: str) -> Item:
        """A question by the last part of its id."""
        return self.pack.item(f"{self.pack.id}.{name}")

    def section(self, name: str) -> str:
        """The id of a section of the first pack."""
        return f"{self.pack.id}.{name}"

    def answer(self, name: str, *words: str, of: AuditPerson | None = None, version: int | None = None) -> int:
        """Let Carol type in an answer, Petra's unless told otherwise."""
        typed = {"words": words, "note": "", "version": version, "by": self.carol, "now": NOW}
        return answers.save_answer(self.audit, self.pack, self.item(name), of or self.petra, **typed)


def an_audit(rollout_id: int | None = None, keys: Sequence[str] = (FIRST_HOUR,)) -> Case:
    """An audit that has just begun, with the first hour unless told otherwise."""
    carol = builders.a_user(Role.CONSULTANT)
    here = rollout_id or builders.a_rollout(by=carol).id
    store = current_app.extensions["implement_store"]
    audit = audits.begin_audit(here, role="consultant", store=store, by=carol, now=NOW, keys=keys)
    own = people.find_own_person(audit, carol.id)
    assert own is not None
    petra = people.add_person(audit, name="Petra Kurz", role="lead", by=carol, now=NOW)
    jan = people.add_person(audit, name="Jan Hoffmann", role="head", by=carol, now=NOW)
    return Case(here, audit, audits.open_pack(audit, store), carol, own, petra, jan)


def a_link(case: Case, *sections: str, asked_at: datetime = NOW, days: int = 14) -> str:
    """The token of Petra's link for these sections."""
    keys = [case.section(name) for name in sections or ("purpose",)]
    asked = {"section_keys": keys, "days": days, "by": case.carol, "now": asked_at}
    return people.ask_person(case.audit, case.pack, case.petra, **asked)


def answer_everything(case: Case, *, worst: bool = False) -> None:
    """Answer each question but the one for a file: variously, or as badly as can be."""
    for place, item in enumerate(case.pack.items):
        if item.kind is not AnswerKind.FILE:
            who = case.petra if item.role.value == "lead" else case.jan
            case.answer(item.name, _word(item, place, worst=worst), of=who)


def later(days: int) -> datetime:
    """So many days after the audit began."""
    return NOW + timedelta(days=days)


def _word(item: Item, place: int, *, worst: bool) -> str:
    if item.kind is AnswerKind.SCALE:
        return "0" if worst else str(place * 7 % 5)
    if item.kind is AnswerKind.NUMBER:
        return FIGURES[item.name]
    if item.kind is AnswerKind.TEXT:
        return "not_known" if worst else "Tools for craftsmen, mostly by recommendation."
    if item.multiple:
        return item.options[0].id
    by_score = sorted(item.options, key=lambda option: option.score or 0)
    return by_score[0 if worst else place % len(by_score)].id
