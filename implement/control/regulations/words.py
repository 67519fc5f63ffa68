"""Regulations in words: their terms, their state, and the limits of the law a lay person can understand."""

from flask_babel.speaklater import LazyString

from implement.control.regulations.service.approving import Approval
from implement.engine.law import Check, Ground, Kpi, Limit, MeetingRule, Terms
from implement.engine.law.terms import DAILY, OF_PROCESS, OF_RESULT, WEEKLY
from implement.rollout.service.regulations import VersionRow
from implement.web.access import Role
from implement.web.roles import ROLE_LABELS
from implement.web.texts import _, day, lazy, minutes, share

ABOUT_LABELS = {OF_PROCESS: lazy("Process: how it is done"), OF_RESULT: lazy("Result: what came of it")}
RHYTHM_LABELS = {
    "day": lazy("every day"),
    "week": lazy("every week"),
    "month": lazy("every month"),
    "quarter": lazy("every quarter"),
}
KIND_LABELS = {DAILY: lazy("Daily briefing"), WEEKLY: lazy("Weekly meeting")}
WEEKDAY_LABELS = {
    "1": lazy("Monday"),
    "2": lazy("Tuesday"),
    "3": lazy("Wednesday"),
    "4": lazy("Thursday"),
    "5": lazy("Friday"),
    "6": lazy("Saturday"),
    "7": lazy("Sunday"),
}
LIMITS: dict[str, LazyString] = {
    "fine": lazy("“%(about)s” speaks of a fine. Nobody is fined here: only the variable part may fall."),
    "base_pay": lazy("“%(about)s” speaks of base pay. Base pay is never touched."),
    "word_fine": lazy("The text speaks of fines. Please see that it says there are none."),
    "size_and_terms": lazy("“%(about)s” does not say by how much, at most how much, and on which terms."),
    "no_share_of_pay": lazy("“%(about)s” must say how much of a month's pay it takes at most; the law allows 20 %%."),
    "share_of_pay": lazy("“%(about)s” takes more than 20 %% of a month's pay; the law allows no more."),
    "reaches_back": lazy(
        "It begins before it is handed out. What happened before somebody acknowledged it does not count."
    ),
    "within_month": lazy("It begins within a month: the pay of that month is split at %(day)s."),
    "takes_back": lazy("“%(about)s” takes back a bonus that was earned; what is earned stays earned."),
    "no_agreement": lazy("Figures about single people need the agreement first; none is in force on the first day."),
    "not_agreed": lazy("“%(about)s” does not stand in the agreement about what is evaluated."),
    "notice": lazy("People must know of it fourteen days ahead: the first day can be %(day)s at the earliest."),
    "no_purpose": lazy("“%(about)s” does not say what it is for; figures without a purpose are not collected."),
    "no_source": lazy("“%(about)s” does not say where it comes from; nobody could check it."),
    "many_kpis": lazy("More than seven figures about people: are all of them necessary?"),
    "no_period": lazy("It does not say how long figures about people are kept."),
    "no_kpi_feeds_pay": lazy(
        "Pay may fall, but no figure is listed that feeds it; then nothing can be held against anybody."
    ),
}


def say_limit(limit: Limit) -> str:
    """A limit in words a lay person understands."""
    return str(LIMITS[limit.code]) % {"about": limit.about, "day": day(limit.day)}


def say_ground(ground: Ground) -> str:
    """Size and terms of a consequence."""
    said = [_("the variable part falls by %(each)s each time", each=share(ground.each, 1))] if ground.each else []
    said += [_("by %(cap)s a month at most", cap=share(ground.cap, 1))] if ground.cap else []
    if ground.cap_of_pay:
        said.append(_("never more than %(cap)s of the month's pay", cap=share(ground.cap_of_pay, 1)))
    said += [_("takes back what was earned")] if ground.takes_back else []
    return "; ".join(said) or _("size not said")


def say_kpi(kpi: Kpi) -> str:
    """Purpose and source of a figure."""
    said = [kpi.purpose, kpi.source, _("feeds the variable part") if kpi.feeds_pay else _("feeds no pay")]
    return "; ".join(part for part in said if part)


def say_check(check: Check) -> str:
    """By whom and how often."""
    return f"{ROLE_LABELS[Role(check.by_role)]}, {RHYTHM_LABELS[check.every]}"


def say_meeting(rule: MeetingRule) -> str:
    """When it is held, how long, where."""
    days = ", ".join(str(WEEKDAY_LABELS[one]) for one in rule.weekdays)
    begins = f"{rule.minute_of_day // 60:02d}:{rule.minute_of_day % 60:02d}"
    said = _("%(days)s at %(begins)s, %(length)s", days=days, begins=begins, length=minutes(rule.minutes))
    return f"{said}, {rule.place}" if rule.place else said


def say_bound(terms: Terms, teams: dict[int, str]) -> str:
    """Whom it binds."""
    roles = ", ".join(str(ROLE_LABELS[Role(one)]) for one in terms.roles)
    named = ", ".join(teams.get(one, "?") for one in terms.team_ids)
    if roles and named:
        return _("%(roles)s of %(teams)s", roles=roles, teams=named)
    return roles or named or _("everybody in the rollout")


def write_whole(text: str, terms: Terms, teams: dict[int, str]) -> str:
    """Text and terms as one text, to be compared with another version's."""
    lines = [_("Binds: %(whom)s", whom=say_bound(terms, teams))]
    lines += [f"{one.key}: {one.ground} – {say_ground(one)}. {one.terms}" for one in terms.grounds]
    lines += [f"{one.key}: {say_kpi(one)}" for one in terms.kpis]
    lines += [f"{one.what}: {ABOUT_LABELS[one.about]}, {say_check(one)}" for one in terms.checks]
    lines += [f"{KIND_LABELS[one.kind]}: {say_meeting(one)}" for one in terms.meetings]
    return "\n".join([text, *lines])


def say_state(row: VersionRow, approval: Approval, in_force: frozenset[int]) -> tuple[str, str]:
    """Tone and word of where a version stands."""
    if row.version_id in in_force:
        return "good", _("in force")
    if row.handed_out_at is not None:
        return "neutral", _("handed out")
    return ("watch", _("approved")) if approval.is_complete else ("watch", _("waits for approval"))
