"""Risks, team and mandate in sentences."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from flask import url_for

from implement.stages.audit.service.found import Found, key_of_rule
from implement.stages.specification.service.risks.register import STATES, read_rules
from implement.stages.specification.service.risks.team import NO_MANDATE, PARTS, SIDES, MandateState
from implement.stages.specification.tables.risks import Risk
from implement.web.texts import _, _n, language, lazy, number

STATE_LABELS, PART_LABELS, SIDE_LABELS = STATES, PARTS, SIDES
GRAVE, MIDDLE = 9, 6
FACT_LABELS = {
    "owner_named": lazy("Owner of the system in the joint team"),
    "sponsor_named": lazy("Sponsor with a reason of their own"),
    "initiator_uses": lazy("Initiator who will use it"),
    "mandate_signed": lazy("Mandate signed by the client's lead"),
    "mandate_overdue": lazy("Overdue lines of the mandate"),
    "third_parties_open": lazy("Third parties without a valid contract"),
    "backup_hours": lazy("Hours between backups"),
    "backup_outside": lazy("Copy of the backup outside"),
    "restore_days": lazy("Days since a restore was tried"),
    "seats_of_needed": lazy("People who answer, against those needed"),
    "waves_at_once": lazy("Waves that start together"),
    "pilot_first": lazy("A pilot before the other teams"),
    "plan_late_days": lazy("Working days later than promised"),
    "months_planned": lazy("Months planned"),
    "cost_open_parts": lazy("Parts of the cost nobody knows"),
    "savings_uncollected": lazy("Savings whose figure nobody has collected"),
    "double_entry": lazy("Things typed twice"),
    "choice_open": lazy("Open questions on the chosen system"),
    "requirements": lazy("Requirements"),
    "control_programme": lazy("Somebody in charge of control in the first month"),
    "vendor_sales": lazy("Vendor's person who has sold"),
}


def say_register(rows: Sequence[Risk]) -> str:
    """How many risks there are, and how many grave ones nobody owns."""
    standing = [row for row in rows if row.state != "closed"]
    if not standing:
        return _("No risk is in the register yet.")
    lonely = sum(row.likelihood * row.impact >= GRAVE and row.owner_id is None for row in standing)
    return _n(
        "One risk is in the register; grave ones without an owner: %(lonely)s.",
        "%(num)d risks are in the register; grave ones without an owner: %(lonely)s.",
        len(standing),
        lonely=lonely,
    )


def name_risk(row: Risk) -> str:
    """A risk by its own name, else the rule's."""
    return row.title or _of_rule(row, "title")


def say_prevention(row: Risk) -> str:
    """What prevents it."""
    return row.prevention or _of_rule(row, "prevention")


def say_trigger(row: Risk) -> str:
    """By what it shows early."""
    return row.trigger or _of_rule(row, "trigger")


def tone_of(row: Risk) -> str:
    """The tone of its size."""
    size = row.likelihood * row.impact
    return "neutral" if row.state == "closed" else "bad" if size >= GRAVE else "watch" if size >= MIDDLE else "neutral"


def say_size(row: Risk) -> str:
    """How likely times how grave."""
    return _("%(likelihood)s of 4 likely, %(impact)s of 4 grave", likelihood=row.likelihood, impact=row.impact)


def list_evidence(row: Risk, found: Mapping[str, Found], rollout_id: int) -> list[tuple[str, str]]:
    """What speaks for the risk, each in words with the way to it."""
    said = []
    for one in map(str, row.evidence):
        kind, _colon, rest = one.partition(":")
        if kind == "fact":
            said.append((say_fact(rest), ""))
            continue
        key = key_of_rule(rest)
        words = found[key].problem if key in found else _("a finding of the audit that no longer holds")
        said.append((words, url_for("audit_findings.list_findings", rollout_id=rollout_id, _anchor=key)))
    return said


def say_fact(written: str) -> str:
    """A fact, what it was, and the limit beyond which it speaks."""
    fact, condition, limit, seen = written.split(":")
    if condition == "unknown":
        return f"{FACT_LABELS[fact]}: {_('not known')}"
    if condition == "is":
        return f"{FACT_LABELS[fact]}: {_('yes') if limit == '1' else _('missing')}"
    about = {"seen": _say_figure(seen), "limit": _say_figure(limit)}
    how = (
        _("%(seen)s, more than %(limit)s", **about)
        if condition == "above"
        else _("%(seen)s, less than %(limit)s", **about)
    )
    return f"{FACT_LABELS[fact]}: {how}"


def _say_figure(written: str) -> str:
    value = Fraction(written)
    return number(value, 0 if value.denominator == 1 else 1)


def say_team(gaps: Sequence[str]) -> str:
    """Whether the joint team is complete."""
    if not gaps:
        return _("The joint team is complete, with duties on both sides.")
    names = ", ".join(str(PARTS[part]) for part in gaps)
    return _("Missing in the joint team: %(names)s.", names=names)


def say_mandate(state: MandateState) -> str:
    """Whether the mandate holds."""
    if not state.lines:
        return _("Nobody has said yet who supplies what by when.")
    if not state.is_signed:
        return _("The mandate is not signed as it stands.")
    if state.overdue:
        return _n("The mandate is signed; one line is overdue.", "The mandate is signed; %(num)d lines are overdue.",
                  state.overdue)  # fmt: skip
    return _("The mandate is signed, and nothing is overdue.")


def say_delay(reason: str) -> str:
    """Why something is late."""
    return _("no mandate") if reason == NO_MANDATE else reason


def _of_rule(row: Risk, part: str) -> str:
    rule = read_rules().get(row.rule_key or "")
    return str(getattr(rule, part).in_language(language())) if rule else ""
