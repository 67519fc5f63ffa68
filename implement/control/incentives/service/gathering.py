"""From a month and the rules in force to the entries of a plan, with everything they came from and all they lack."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from babel.numbers import get_currency_precision

from implement.control.activity.service.reading import AttainmentRow
from implement.control.incentives.service.amounts import AmountRow, list_amounts, pick_amount
from implement.control.incentives.service.grounding import Grounds, ReductionSum, sum_reductions
from implement.control.incentives.service.month import Month, to_figure
from implement.control.incentives.service.policy import read_pay_currency
from implement.control.incentives.service.pricing import Payee
from implement.control.incentives.service.rules import RuleRow, list_versions, pick_in_force
from implement.engine.law import PROFILES
from implement.engine.pay import Terms
from implement.engine.pay.entry import read_decimal
from implement.engine.pay.rounding import Rounding
from implement.engine.pay.rule import (
    Figure,
    PersonFacts,
    assemble_person,
    count_tenure_month,
    limit_reductions,
    pool_payout,
    share_by_days,
    split_period,
)
from implement.engine.pay.rule.terms import Plain
from implement.rollout.service.rollouts import get_rollout

Decided = Mapping[tuple[int, str], tuple[str, str, str]]
PickRule = Callable[[int, date], RuleRow | None]
Tell = Callable[[int, int], None]
FULL_PAYOUT = 1
NO_DECISIONS: Decided = {}


@dataclass(frozen=True)
class Lack:
    """What a run waits for: whose, which KPI (empty: none), what, from which day of the month."""

    person_id: int
    kpi: str
    what: str
    first_day: date


@dataclass(frozen=True)
class Piece:
    """A stretch of days of a person under one rule, one amount and one period of the plan."""

    person_id: int
    first_day: date
    last_day: date
    rule: RuleRow
    amount: AmountRow
    variable_minor: int


@dataclass
class Gathered:
    """The entries of a plan and of its basis, whose they are, the terms, and what is missing."""

    terms: Terms
    entries: list[dict[str, Plain]] = field(default_factory=list)
    basis: list[dict[str, Plain]] = field(default_factory=list)
    payees: list[Payee] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)
    rules: dict[int, RuleRow] = field(default_factory=dict)


@dataclass
class Gathering:
    """What is known while the people are gone through."""

    month: Month
    grounds: Grounds
    decided: Decided
    reductions: Mapping[int, list[ReductionSum]]
    most_reduced: Decimal | None
    pools: dict[tuple[int | None, int, int], str | None] = field(default_factory=dict)
    rule_days: dict[int, list[date]] = field(default_factory=dict)


def gather(
    month: Month, *, decided: Decided = NO_DECISIONS, pick: PickRule | None = None, tell: Tell | None = None,
    demands_basis: bool = True,
) -> Gathered:  # fmt: skip
    """Lay the rules over the month for everybody with a variable part; `pick` chooses the rule of a day otherwise.

    Without `demands_basis` nothing is paid: a simulation, in which no regulation is asked for.
    """
    rows = list_versions(month.rollout_id, released=True)
    amounts: dict[int, list[AmountRow]] = {}
    for one in list_amounts(month.rollout_id, month.last_day):
        amounts.setdefault(one.person_id, []).append(one)
    picked = pick or (lambda rule_id, day: pick_in_force(rows, rule_id, day))
    paid = [who for who in sorted(month.staff) if who in amounts]
    grounds = Grounds(month.rollout_id, paid)
    reductions = sum_reductions(month.rollout_id, month.first_day, month.last_day) if demands_basis else {}
    most_reduced = PROFILES[get_rollout(month.rollout_id).legal_profile].largest_share_of_pay
    known = Gathering(month, grounds, decided, reductions, most_reduced)
    found = Gathered(Terms())
    if not month.is_planned and paid:
        found.lacks.append(Lack(paid[0], "", "no_period", month.first_day))
        return found
    for done, who in enumerate(paid, start=1):
        _gather_person(known, who, amounts[who], picked, found, demands_basis=demands_basis)
        if tell is not None:
            tell(done, len(paid))
    found.terms = _find_terms(month.rollout_id, found)
    return found


def cut_pieces(
    month: Month, who: int, amounts: list[AmountRow], pick: PickRule, rule_days: dict[int, list[date]]
) -> tuple[list[Piece], list[date]]:
    """The pieces of a person's month, and the first days of those that have an amount but no rule in force."""
    one = month.staff[who]
    changes = [row.valid_from for row in amounts] + [period.first_day for period in month.periods]
    changes += [day for day in (one.hired, None if one.left is None else _next(one.left)) if day]
    for rule_id in {row.rule_id for row in amounts}:
        if rule_id not in rule_days:
            rule_days[rule_id] = _days_of_rule(month, rule_id, pick)
        changes += rule_days[rule_id]
    spans = split_period(month.first_day, month.last_day, changes)
    days = [month.count_planned(who, *span, employed=False) for span in spans]
    pieces, bare = [], []
    for place, (first, last) in enumerate(spans):
        amount = pick_amount(amounts, first)
        is_there = (one.hired is None or one.hired <= first) and (one.left is None or last <= one.left)
        if amount is None or not amount.variable_minor or not is_there:
            continue
        rule = pick(amount.rule_id, first)
        if rule is None:
            bare.append(first)
            continue
        minor = share_by_days(amount.variable_minor, days)[place]
        pieces.append(Piece(who, first, last, rule, amount, minor))
    return pieces, bare


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _days_of_rule(month: Month, rule_id: int, pick: PickRule) -> list[date]:
    """The days inside the month on which another version of a rule begins."""
    days = [date.fromordinal(one) for one in range(month.first_day.toordinal(), month.last_day.toordinal() + 1)]
    held = [pick(rule_id, day) for day in days]
    return [
        day for before, now, day in zip(held, held[1:], days[1:], strict=False) if before is not now and before != now
    ]


def _gather_person(
    known: Gathering, who: int, amounts: list[AmountRow], pick: PickRule, found: Gathered, *, demands_basis: bool
) -> None:
    pieces, bare = cut_pieces(known.month, who, amounts, pick, known.rule_days)
    found.lacks += [Lack(who, "", "no_rule", day) for day in bare]
    number, name = known.month.names[who]
    entries = []
    for piece in pieces:
        key = number if len(pieces) == 1 else f"{number} {piece.first_day.isoformat()}"
        figures, standings = _read_figures(known, piece, demands_basis=demands_basis)
        facts = _read_facts(known, piece, key, figures)
        entry, missing = assemble_person(piece.rule.terms, facts)
        if known.most_reduced is not None and not missing:
            entry = limit_reductions(entry, known.most_reduced)
        found.lacks += [Lack(who, one.kpi, one.what, piece.first_day) for one in missing]
        found.entries.append(entry)
        found.basis.append(_write_basis(known, piece, key, standings))
        found.rules[piece.rule.version_id] = piece.rule
        entries.append(key)
    if entries:
        found.payees.append(Payee(number, name, who, tuple(entries)))


def _read_figures(
    known: Gathering, piece: Piece, *, demands_basis: bool
) -> tuple[dict[str, Figure], dict[str, int | None]]:
    """The figures of a piece, and by which version of a regulation each may count."""
    period = known.month.find_period(piece.first_day)
    rows = known.month.attained.get(period.id if period else 0, {}).get(piece.person_id, {})
    figures: dict[str, Figure] = {}
    versions: dict[str, int | None] = {}
    for kpi in piece.rule.terms.kpis:
        why_not, version_id = "", None
        if demands_basis:
            basis = known.grounds.ask(kpi, piece.person_id, piece.first_day)
            why_not, version_id = basis.why_not, basis.version_id
        decided = known.decided.get((piece.person_id, kpi))
        if why_not and decided is not None and read_decimal(decided[0]) < FULL_PAYOUT:
            decided = None
        figure = to_figure(rows.get(kpi), why_not=why_not, decided=decided)
        figures[kpi], versions[kpi] = figure, version_id
    return figures, versions


def _read_facts(known: Gathering, piece: Piece, key: str, figures: dict[str, Figure]) -> PersonFacts:
    one, span = known.month.staff[piece.person_id], (piece.first_day, piece.last_day)
    lines = known.reductions.get(piece.person_id, [])
    return PersonFacts(
        key=key, variable_minor=piece.variable_minor, figures=figures,
        present_days=known.month.count_present(piece.person_id, *span),
        planned_days=known.month.count_planned(piece.person_id, *span),
        tenure_month=count_tenure_month(one.hired, piece.first_day) if one.hired else None,
        team_payout=_pool(known, piece),
        reductions=tuple((line.count, line.each, line.cap) for line in lines),
    )  # fmt: skip


def _pool(known: Gathering, piece: Piece) -> str | None:
    """What the person's team reached together in the period, priced by the same rule."""
    team_id, period = known.month.staff[piece.person_id].team_id, known.month.find_period(piece.first_day)
    if team_id is None or period is None or not read_decimal(piece.rule.terms.team_share):
        return None
    key = (team_id, period.id, piece.rule.version_id)
    if key not in known.pools:
        attained = known.month.attained.get(period.id, {})
        members = known.month.list_team(team_id)
        figures = [{kpi: to_figure(row) for kpi, row in attained.get(who, {}).items()} for who in members]
        known.pools[key] = pool_payout(piece.rule.terms, figures)
    return known.pools[key]


def _write_basis(known: Gathering, piece: Piece, key: str, versions: dict[str, int | None]) -> dict[str, Plain]:
    """Where an entry's figures came from, to be frozen beside it."""
    period = known.month.find_period(piece.first_day)
    rows = known.month.attained.get(period.id if period else 0, {}).get(piece.person_id, {})
    figures: dict[str, Plain] = {}
    for kpi in piece.rule.terms.kpis:
        row = rows.get(kpi)
        figures[kpi] = {**_write_row(row, kpi), "regulation_version": versions[kpi]}
    lines: list[Plain] = [
        {"ground": one.ground, "count": one.count, "regulation_version": one.version_id, "ids": list(one.reduction_ids)}
        for one in known.reductions.get(piece.person_id, [])
    ]
    return {
        "id": key, "person": piece.person_id, "first_day": piece.first_day.isoformat(),
        "last_day": piece.last_day.isoformat(), "period": period.id if period else None,
        "rule_version": piece.rule.version_id, "rule": piece.rule.name, "number": piece.rule.number,
        "rule_sha256": piece.rule.sha256, "month_variable_minor": piece.amount.variable_minor, "figures": figures,
        "reductions": lines,
    }  # fmt: skip


def _write_row(row: AttainmentRow | None, kpi: str) -> dict[str, Plain]:
    if row is None:
        return {"name": kpi}
    return {
        "name": row.name, "target": row.target, "actual": row.actual, "source": row.source, "is_late": row.is_late,
        "reason": row.reason, "crm": row.crm, "reported": row.reported,
    }  # fmt: skip


def _find_terms(rollout_id: int, found: Gathered) -> Terms:
    """Currency and rounding of the run; rules that round differently cannot stand in one run."""
    currency = read_pay_currency(rollout_id)
    modes = {row.terms.rounding for row in found.rules.values()}
    if len(modes) > 1:
        found.lacks.append(Lack(0, "", "two_roundings", date.min))
    return Terms(currency, get_currency_precision(currency), min(modes, default=Rounding.HALF_UP))
