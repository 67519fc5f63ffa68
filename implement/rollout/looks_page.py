"""Looks at figures of single people, as pages say them: who, in which view, at what, how often."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from implement.web.texts import _, _n, instant, lazy

Look = tuple[datetime, str, str, str]

VIEWS = {"named": lazy("by name"), "pseudonym": lazy("as a pseudonym"), "team": lazy("in the team")}
SUBJECTS = {
    "adoption": lazy("use of the CRM"),
    "activity": lazy("activity plan"),
    "incentives": lazy("pay and rewards"),
    "pilot": lazy("lessons and conflicts"),
    "audit": lazy("missed deadlines"),
    "transfer": lazy("lost records"),
}


@dataclass(frozen=True)
class GatheredLooks:
    """All looks of one reader at one subject in one view."""

    name: str
    view: str
    subject: str
    count: int
    last: datetime


def gather(looks: Sequence[Look]) -> list[GatheredLooks]:
    """The looks by reader, view and subject, the latest first."""
    found: dict[tuple[str, str, str], list[datetime]] = {}
    for at, name, view, page in looks:
        found.setdefault((name, view, say_page(page)), []).append(at)
    gathered = [GatheredLooks(*key, len(times), max(times)) for key, times in found.items()]
    return sorted(gathered, key=lambda one: one.last, reverse=True)


def say_gathered(one: GatheredLooks) -> str:
    """One reader's looks in a line."""
    often = _n("once, on %(last)s", "%(num)d times, last on %(last)s", one.count, last=instant(one.last))
    return f"{one.name} · {one.subject} · {VIEWS[one.view]} · {often}"


def say_page(page: str) -> str:
    """What was looked at, by the room of the page."""
    room = page.partition(".")[0]
    return str(SUBJECTS.get(room, room))


def say_conditions(signer: str, notice_days: int) -> str:
    """What it takes until names are shown."""
    consent = _(
        "It takes an agreement in force, and the consent of the lead and of the second side: %(who)s.", who=signer
    )
    if not notice_days:
        return consent
    notice = _n("It begins one day after it was told.", "It begins %(num)d days after it was told.", notice_days)
    return f"{consent} {notice}"
