"""The choice of a CRM in sentences and pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from implement.engine.choice import (
    Criterion,
    Guide,
    KnockOut,
    LevelChange,
    OpenPoint,
    Price,
    Question,
    System,
    WeightChange,
)
from implement.stages.specification.service.choice.comparing import Candidate, Comparison
from implement.stages.specification.service.choice.weights import WeighedRequirement
from implement.web.charts import Chart, bars
from implement.web.texts import LANGUAGES, _, _n, day, language, lazy, money, number, share

LEVEL_LABELS = {
    0: lazy("0 missing"),
    1: lazy("1 only with programming"),
    2: lazy("2 with an add-on or a detour"),
    3: lazy("3 there, as the vendor says"),
    4: lazy("4 shown with your own records"),
}
HOSTING_LABELS = {
    "": lazy("anywhere"),
    "saas": lazy("at the vendor's (SaaS)"),
    "own_server": lazy("on your own server"),
}
FACT_LABELS = {
    "calls_matter": lazy("Calls matter: telephony is a must"),
    "web_orders": lazy("Orders come from the website: its link is a must"),
    "accounting": lazy("It must work with the accounting system"),
    "no_server_staff": lazy("Nobody here looks after servers"),
    "no_internet": lazy("The internet fails here more than once a month"),
    "code_changes": lazy("The code of the CRM must be changed"),
    "data_stays_in_house": lazy("Records must stay in the house"),
    "usual_trade": lazy("The chain of work is that of the trade"),
    "own_chain": lazy("The chain of work is one's own, and customers buy because of it"),
}
TOPIC_LABELS = {
    "hosting": lazy("At the vendor's or on your own server"),
    "edition": lazy("Industry edition or tailor-made"),
    "trial": lazy("What to try first"),
    "channels": lazy("Calls and web orders"),
}
SIDE_LABELS = {
    "saas": lazy("for the vendor's server"),
    "own_server": lazy("for your own server"),
    "industry": lazy("for an industry edition"),
    "tailored": lazy("for tailor-made"),
    "free_first": lazy("free version first"),
    "paid_first": lazy("cheap edition first"),
    "telephony": lazy("telephony"),
    "site": lazy("website"),
}
PRICE_LABELS = {
    "ask": lazy("to be asked of the vendor"),
    "free": lazy("free"),
    "per_seat_month": lazy("per seat and month"),
    "per_firm_month": lazy("per month"),
    "once": lazy("once"),
}
TOP, MOST_DRAWN = 100, 8


@dataclass(frozen=True)
class LevelLine:
    """One criterion of a system: weight, level in words, what it adds, and who says so."""

    title: str
    why: str
    weight: str
    level: str
    adds: str
    said_by: str
    is_stale: bool


@dataclass(frozen=True)
class ScriptStep:
    """One step of a demonstration: for which requirement or criterion, what to show, and why."""

    name: str
    show: str
    why: str


def say_result(comparison: Comparison) -> str:
    """Who leads, and by how much it is sure."""
    leader, second = comparison.leader, comparison.runner_up
    if leader is None:
        return _("Everything in the catalogue is ruled out by your needs.")
    if not leader.score.low:
        return _("Nothing can be said yet: the vendors have not been asked.")
    if comparison.needs is None and comparison.weights.is_even:
        return _("Which CRM fits you? Say first what you need.")
    said = {"first": leader.system.name, "points": say_points(leader)}
    if second is None:
        return _("%(first)s is left with %(points)s of 100 points.", **said)
    said |= {"second": second.system.name, "other": say_points(second)}
    if (leader.score.low, leader.score.high) == (second.score.low, second.score.high):
        return _("%(first)s and %(second)s are level with %(points)s of 100 points.", **said)
    return _("%(first)s leads with %(points)s of 100 points, before %(second)s with %(other)s.", **said)


def say_doubt(comparison: Comparison) -> str:
    """How many could still win once their vendors have answered."""
    count = len(comparison.may_still_win)
    if not count:
        return _("No answer that is still open can change who leads.")
    return _n(
        "One further system could still lead once its vendor has answered what is open.",
        "%(num)d further systems could still lead once their vendors have answered what is open.",
        count,
    )


def say_points(candidate: Candidate) -> str:
    """What is sure, and up to what is possible: 61–74."""
    low, high = (number(round(one * TOP)) for one in (candidate.score.low, candidate.score.high))
    return low if low == high else f"{low}–{high}"


def say_weight_change(change: WeightChange, guide: Guide) -> str:
    """The exact change of one weight that turns the result."""
    said = {
        "criterion": name_criterion(guide, change.criterion_id),
        "now": share(change.share_now, 1),
        "then": share(change.share_at_tie, 1),
    }
    if change.change > 0:
        return _("if “%(criterion)s” weighed more than %(then)s of all (now %(now)s)", **said)
    return _("if “%(criterion)s” weighed less than %(then)s of all (now %(now)s)", **said)


def say_level_change(change: LevelChange, guide: Guide) -> str:
    """The level of one criterion that turns the result."""
    said = {"criterion": name_criterion(guide, change.criterion_id), "now": change.now, "then": change.then}
    return _("if it reached level %(then)s in “%(criterion)s” (known so far: %(now)s)", **said)


def name_criterion(guide: Guide, criterion_id: str) -> str:
    """A criterion by its name."""
    found = guide.criterion(criterion_id)
    return found.title.in_language(language()) if found else criterion_id


def say_knock_out(one: KnockOut | OpenPoint, guide: Guide) -> str:
    """Why a system is out, or what is to be asked before that can be said."""
    needed = {"needed": _say_needed(one, guide)}
    if isinstance(one, OpenPoint):
        return _("to be asked: %(needed)s", **needed)
    if one.reason in ("accounts", "records"):
        return _("%(needed)s are needed, %(most)s are possible", most=number(int(one.value)), **needed)
    return _("not there: %(needed)s", **needed)


def say_price(price: Price) -> str:
    """The list price with the day it is known from, or that the amount is to be asked."""
    label = str(PRICE_LABELS[price.model])
    if price.source is None or price.model == "free":
        return label
    said = {"label": label, "day": day(price.source.as_of)}
    if price.amount_minor is None:
        return _("%(label)s (as of %(day)s); the amount is to be asked", **said)
    amounts = [money(one, price.currency) for one in (price.amount_minor, price.most_minor) if one is not None]
    said["amount"] = "–".join(dict.fromkeys(amounts))
    return _("%(amount)s %(label)s, list price without discount (as of %(day)s)", **said)


def say_hosting(system: System) -> str:
    """Where it runs."""
    return ", ".join(str(HOSTING_LABELS[one]) for one in system.hosting) or str(PRICE_LABELS["ask"])


def say_languages(system: System) -> str:
    """The languages it speaks."""
    return ", ".join(LANGUAGES.get(code, code) for code in system.languages) or str(PRICE_LABELS["ask"])


def say_limits(system: System) -> str:
    """Its limits with the day they are known from."""
    words = {"accounts": lazy("accounts"), "records": lazy("customers")}
    unlimited = _("as many as you like")
    said = [
        " ".join(
            (
                f"{words[one.what]}:",
                unlimited if one.most is None else number(one.most),
                _("(as of %(day)s)", day=day(one.source.as_of)),
            )
        )
        for one in system.limits
    ]
    return "; ".join(said) or str(PRICE_LABELS["ask"])


def count_stale(candidates: Sequence[Candidate], today: date) -> int:
    """How many systems rest on something older than a year."""
    return sum(any(source.is_stale(today) for source in one.system.sources) for one in candidates)


def write_levels(candidate: Candidate, guide: Guide, today: date) -> list[LevelLine]:
    """Criterion by criterion what adds to the score, and who says so."""
    parts = {part.criterion_id: part for part in candidate.score.parts}
    return [_write_level(candidate, one, parts, today) for one in guide.criteria]


def list_questions(candidate: Candidate, comparison: Comparison) -> list[str]:
    """What to ask the vendor: criteria on which nothing is known, the heaviest first, then what everybody is asked."""
    speaks, guide = language(), comparison.guide
    open_parts = [part.criterion_id for part in candidate.score.unknown]
    asked = [one for key in open_parts if (one := guide.criterion(key)) is not None]
    standing: list[Criterion | Question] = [one for one in guide.questions if one.applies(comparison.facts)]
    words = [one.question.in_language(speaks) for one in asked]
    return words + [one.text.in_language(speaks) for one in standing if isinstance(one, Question)]


def list_script(required: Sequence[WeighedRequirement], comparison: Comparison) -> list[ScriptStep]:
    """What the vendor is to show: every requirement's acceptance test, musts first, then each criterion that weighs."""
    tested = [one for one in required if one.acceptance_test and one.points]
    ordered = sorted(tested, key=lambda one: (-one.points, one.number))
    steps = [ScriptStep(f"R{one.number}", one.acceptance_test, one.text) for one in ordered]
    weights, speaks = comparison.weights.points, language()
    weighed = sorted((one for one in comparison.guide.criteria if one.id in weights), key=lambda one: -weights[one.id])
    return steps + [
        ScriptStep(one.title.in_language(speaks), one.show.in_language(speaks), one.why.in_language(speaks))
        for one in weighed
    ]


def draw_scores(comparison: Comparison) -> Chart:
    """What is sure of each system of which anything is known, with what is possible in words."""
    known = [one for one in comparison.candidates if one.score.low] or comparison.candidates
    shown = (*known[:MOST_DRAWN], *comparison.today[:2])
    notes = {(row, 1): _("possible: %(points)s", points=say_points(one)) for row, one in enumerate(shown)}
    return bars(
        _("Points by system"),
        _("What is known adds up to these points of 100; what the vendor has not answered counts nothing yet."),
        headings=(_("CRM system"), _("Points that are sure")),
        labels=[one.system.name for one in shown],
        values=[round(one.score.low * TOP) for one in shown],
        tones=["neutral" if one.system.kind == "today" else "accent" for one in shown],
        notes=notes,
        full=TOP,
    )


def _write_level(candidate: Candidate, one: Criterion, parts: dict, today: date) -> LevelLine:  # type: ignore[type-arg]
    speaks, part, seen = language(), parts.get(one.id), candidate.seen.get(one.id)
    source = None if seen else candidate.system.stated(one.id).source
    level = candidate.levels.get(one.id)
    said_by = f"{seen.evidence} ({seen.by_name}, {day(seen.at)})" if seen else ""
    if source is not None:
        said_by = f"{source.text.in_language(speaks)} " + _("(as of %(day)s)", day=day(source.as_of))
    weight = part.weight if part else Fraction(0)
    return LevelLine(
        title=one.title.in_language(speaks),
        why=one.why.in_language(speaks),
        weight=share(weight) if weight else "–",
        level=str(LEVEL_LABELS[level]) if level is not None else str(PRICE_LABELS["ask"]),
        adds=number(round(part.low * TOP)) if part else "–",
        said_by=said_by,
        is_stale=source is not None and source.is_stale(today),
    )


def _say_needed(one: KnockOut | OpenPoint, guide: Guide) -> str:
    if one.reason == "hosting":
        return str(HOSTING_LABELS[one.needed])
    if one.reason == "language":
        return LANGUAGES.get(one.needed, one.needed)
    if one.reason == "must":
        return name_criterion(guide, one.needed)
    count = int(one.needed)
    if one.reason == "accounts":
        return _n("one account", "%(num)d accounts", count)
    return _n("one customer", "%(num)d customers", count)
