"""Evidence of resistance as sentences: what stands out, against colleagues, with its days; it accuses nobody."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for

from implement.stages.adoption.service.evidence import EvidenceFigures, Standout
from implement.stages.adoption.service.figures import read_unheard
from implement.stages.adoption.service.people import PersonFigures
from implement.stages.adoption.shown_groups import StandingOut
from implement.stages.adoption.words import MISSING_INPUTS
from implement.web.texts import _, _n, day, lazy, number, share

SIGNAL_SENTENCES = {
    "use": lazy("%(k)s records in %(n)s full working days"),
    "read": lazy("%(k)s records looked at in %(n)s full working days"),
    "rhythm": lazy("active on %(k)s of %(n)s present days"),
    "late": lazy("%(k)s of %(n)s records entered more than four days later"),
    "month_end": lazy("%(k)s of %(n)s records entered in the last four days of a month"),
    "meeting_eve": lazy("%(k)s of %(n)s records entered in the three hours before the meeting"),
    "complete": lazy("%(k)s of %(n)s fields filled"),
    "copy": lazy("%(k)s of %(n)s notes repeat an earlier one"),
    "jump": lazy("%(k)s of %(n)s deals passed three stages or more in one day"),
    "off_system": lazy("%(k)s of %(n)s orders known in the CRM before they were booked"),
    "tasks": lazy("%(k)s of %(n)s tasks done"),
    "reassign": lazy("%(k)s of %(n)s tasks handed on"),
    "struggle": lazy("help, errors and undone steps: %(k)s in %(n)s present days"),
    "narrow": lazy("%(k)s of %(n)s records are contacts or activities"),
    "steer": lazy("%(k)s reports read and tasks given in %(n)s full working days"),
    "drop": lazy("%(k)s records in %(n)s full working days since then"),
    "lost_data": lazy("%(k)s of %(n)s searches without a hit were for records lost in the transfer"),
}
SIGNAL_LABELS = {
    "use": lazy("few records"),
    "read": lazy("little is looked up"),
    "rhythm": lazy("days without use"),
    "late": lazy("late entries"),
    "month_end": lazy("entries at the end of the month"),
    "meeting_eve": lazy("entries just before the meeting"),
    "complete": lazy("empty fields"),
    "copy": lazy("repeated notes"),
    "jump": lazy("stages passed in one day"),
    "off_system": lazy("orders the CRM did not know"),
    "tasks": lazy("tasks not done"),
    "reassign": lazy("tasks handed on"),
    "struggle": lazy("help and errors"),
    "narrow": lazy("hardly anything but deals"),
    "steer": lazy("little leading with the CRM"),
    "drop": lazy("a pace that has fallen"),
    "lost_data": lazy("searches for lost records"),
}
KIND_LABELS = {
    "spreadsheet_keeper": lazy("work is kept in spreadsheets"),
    "sceptic": lazy("the benefit is not seen"),
    "overwhelmed": lazy("the CRM asks too much"),
    "task_conflict": lazy("it is not clear whose task is whose"),
    "data_allergy": lazy("records were lost in the transfer"),
    "month_end_entry": lazy("entries wait for the end of the month"),
    "meeting_eve_entry": lazy("entries wait for the meeting"),
    "incentive_gaming": lazy("entries are made for the count"),
}


@dataclass(frozen=True)
class StandoutLine:
    """A signal that stands out as a sentence, with the likely range, and the days behind it."""

    signal: str
    sentence: str
    likely: str
    surely: float
    span: str
    url: str


def say_evidence(evidence: EvidenceFigures | None) -> str:
    """The evidence in a sentence."""
    if evidence is None:
        return _("Evidence of resistance: not enough data")
    said = {"score": number(evidence.score, 0), "low": number(evidence.low, 0), "high": number(evidence.high, 0)}
    if evidence.is_flagged:
        return _("Evidence of resistance: %(score)s, likely %(low)s–%(high)s; it stands out clearly", **said)
    return _("Evidence of resistance: %(score)s, likely %(low)s–%(high)s; it does not stand out clearly", **said)


def say_kinds(evidence: EvidenceFigures) -> str:
    """Which kinds the evidence fits, and how surely."""
    if evidence.first_kind is None:
        return ""
    first = str(KIND_LABELS[evidence.first_kind])
    if evidence.second_kind is None:
        return _("It fits: %(first)s.", first=first)
    second = str(KIND_LABELS[evidence.second_kind])
    if evidence.is_unclear:
        return _("It is unclear which it fits: %(first)s, or %(second)s.", first=first, second=second)
    return _("It fits: %(first)s; less well: %(second)s.", first=first, second=second)


def list_standouts(rollout_id: int, figures: PersonFigures) -> list[StandoutLine]:
    """Every signal that stands out, with the days behind it."""
    standouts = figures.evidence.standouts if figures.evidence else ()
    return [_line(rollout_id, figures.person_id, each) for each in standouts]


def list_unheard(rollout_id: int) -> list[tuple[str, str]]:
    """Each signal that could not be heard, and the input that is missing for it."""
    return [(str(SIGNAL_LABELS[name]), str(MISSING_INPUTS[name])) for name in read_unheard(rollout_id)]


def say_unheard(rollout_id: int) -> str:
    """What was left aside for want of input, in a sentence; nothing where all was heard."""
    names = [name for name, _missing in list_unheard(rollout_id)]
    return _("Not taken into account, for want of input: %(names)s.", names=", ".join(names)) if names else ""


def say_team(found: StandingOut) -> str:
    """How many people of a group stand out."""
    judged = number(found.judged)
    return _n("one of %(judged)s people", "%(num)d of %(judged)s people", found.flagged, judged=judged)


def say_shared(found: StandingOut) -> str:
    """The signals that several people of a group share, the most frequent first."""
    ranked = sorted(found.signals.items(), key=lambda each: (-each[1], each[0]))
    said = [
        _("%(signal)s (%(count)s)", signal=str(SIGNAL_LABELS[signal]), count=number(count)) for signal, count in ranked
    ]
    return ", ".join(said)


def _line(rollout_id: int, person_id: int, each: Standout) -> StandoutLine:
    first, last = each.first_day, each.last_day
    url = url_for(
        "adoption.list_days", rollout_id=rollout_id, person_id=person_id, first=first.isoformat(), last=last.isoformat()
    )
    likely = f"{_level(each, each.low)} – {_level(each, each.high)}"
    return StandoutLine(each.signal, _say_standout(each), likely, each.concern, f"{day(first)} – {day(last)}", url)


def _say_standout(each: Standout) -> str:
    days = 0 if each.is_share else 1
    figures: Mapping[str, str] = {"k": number(round(each.k)), "n": number(round(each.n, days), days)}
    counted = str(SIGNAL_SENTENCES[each.signal]) % figures
    level = _level(each, each.peer_level)
    if each.signal == "drop":
        return _("%(counted)s (before: %(level)s a day)", counted=counted, level=level)
    if each.is_share:
        return _("%(counted)s (colleagues: %(level)s)", counted=counted, level=level)
    return _("%(counted)s (colleagues: %(level)s a day)", counted=counted, level=level)


def _level(each: Standout, level: float) -> str:
    return share(level) if each.is_share else number(level, 1)
