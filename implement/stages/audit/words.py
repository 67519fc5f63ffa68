"""How the audit says things: roles, severities, refusals, maturity, money and its calculation."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from flask_babel.speaklater import LazyString

from implement.engine.calculation import NamedFigure, multiply
from implement.engine.checklist import (
    Item,
    JoinedPack,
    MoneyEstimate,
    Pack,
    Reply,
    RuleKind,
    Severity,
    UnusableAnswer,
    show_answer,
    show_number,
)
from implement.engine.checklist.answers import AnswerValue
from implement.engine.checklist.money import FactorKind, MoneyStep
from implement.engine.funnel import State
from implement.web.texts import _, _n, language, lazy, share, whole_money

ROLE_LABELS: Mapping[str, LazyString] = {
    "lead": lazy("Project lead"),
    "head": lazy("Head of a team"),
    "salesperson": lazy("Salesperson"),
    "hr": lazy("HR"),
    "council": lazy("Works council"),
    "admin": lazy("Administrator"),
    "consultant": lazy("Consultant"),
}
FIELD_LABELS: Mapping[str, LazyString] = {
    "deal": lazy("Number of the deal"),
    "client": lazy("Client"),
    "stage": lazy("Stage or state"),
    "outcome": lazy("Open, won or lost, where the stage does not say it"),
    "amount": lazy("Value of the deal"),
    "currency": lazy("Currency"),
    "owner": lazy("Who answers for the deal"),
    "opened": lazy("Day it began"),
    "closed": lazy("Day it ended, or is expected to"),
    "since": lazy("Day its present stage began"),
    "due": lazy("Deadline"),
    "next_step": lazy("Next step"),
    "reason": lazy("Reason of the loss"),
    "product": lazy("Product"),
    "channel": lazy("Channel or source"),
    "segment": lazy("Segment of the client"),
    "lost_at": lazy("Stage in which it was lost"),
    "answered": lazy("First answer to the request"),
    "elapsed": lazy("Days it has taken"),
}
STATE_LABELS = {
    State.OPEN: lazy("open"),
    State.WON: lazy("won"),
    State.LOST: lazy("lost"),
    State.LEFT_OUT: lazy("not a deal"),
}
REPLY_LABELS = {Reply.NOT_KNOWN: lazy("Nobody knows"), Reply.NOT_APPLICABLE: lazy("Does not apply to us")}
KIND_LABELS = {RuleKind.FINDING: lazy("trouble today"), RuleKind.RISK: lazy("risk for the rollout")}
SEVERITY_LABELS = {
    Severity.CRITICAL: lazy("settle first"),
    Severity.HIGH: lazy("grave"),
    Severity.MEDIUM: lazy("moderate"),
    Severity.LOW: lazy("slight"),
}
SEVERITY_TONES = {
    Severity.CRITICAL: "bad",
    Severity.HIGH: "bad",
    Severity.MEDIUM: "watch",
    Severity.LOW: "neutral",
}
MATURITY_WORDS = (
    lazy("absent"),
    lazy("by chance"),
    lazy("partly settled"),
    lazy("settled"),
    lazy("exemplary"),
)


MOST_PACKS_NAMED = 3
MOST_PLACES = 3
EXACT_PLACES = 6


def say_packs(pack: JoinedPack) -> str:
    """The packs of an audit with their versions in a row, or how many where the row would be long."""
    if len(pack.packs) > MOST_PACKS_NAMED:
        return _n("One pack", "%(num)d packs", len(pack.packs))
    return ", ".join(
        _("“%(pack)s”, version %(version)s", pack=one.title.in_language(language()), version=one.version)
        for one in pack.packs
    )


def say_refusal(fault: UnusableAnswer) -> str:
    """Why what was typed is no answer, and what would be."""
    value = fault.values[0] if fault.values else ""
    sentences = {
        "empty": _("Nothing was typed yet."),
        "unknown_option": _("This answer is not among those offered."),
        "one_option_only": _("Please choose one answer only."),
        "not_a_level": _("This level is not among those offered."),
        "not_a_number": _("“%(value)s” is not a number. Please write figures only, without a unit.", value=value[:40]),
        "below_minimum": _("This number is too small; the least is %(value)s.", value=value),
        "above_maximum": _("This number is too large; the most is %(value)s.", value=value),
        "both": _("Either an answer, or “nobody knows”, or “does not apply”, not two of them."),
    }
    return sentences[fault.code]


def say_answer(item: Item, value: AnswerValue | None, currency: str, file_name: str = "") -> str:
    """An answer in words with its unit; a file by its name."""
    if value is None:
        return ""
    if isinstance(value, Reply):
        return str(REPLY_LABELS[value])
    if item.kind.value == "file":
        return file_name or _("a file")
    shown = show_answer(item, value, language())
    return f"{shown} {say_unit(item, currency)}".strip()


def say_unit(item: Item, currency: str) -> str:
    """What a number counts, with the rollout's currency filled in."""
    return item.unit.text.filled(language(), {"currency": currency}) if item.unit else ""


def say_maturity(level: Fraction | None) -> str:
    """The word for a level of maturity, by its nearest step."""
    if level is None:
        return _("not enough data")
    return str(MATURITY_WORDS[int(Decimal(float(level)).quantize(Decimal(1), ROUND_HALF_UP))])


def tone_of_maturity(level: Fraction | None) -> str:
    """The tone of a level: a start needs 2, partly settled."""
    if level is None:
        return "neutral"
    return "good" if level >= 2 else "watch" if level >= 1 else "bad"


def say_money(amount: Fraction, currency: str) -> str:
    """An amount in whole units, as the reader's language writes money."""
    return whole_money(amount, currency)


def say_calculation(money: MoneyEstimate, currency: str) -> str:
    """The factors in words, and what they come to: requests 400 × share 30 % × … = 180,000 € a year."""
    if money.amount_per_year is None:
        return ""
    factors = " × ".join(_say_step(step) for step in money.steps)
    return f"{factors} = {_('%(amount)s a year', amount=say_money(money.amount_per_year, currency))}"


def say_figures(figures: Sequence[NamedFigure], currency: str) -> str:
    """The figures of a finding that somebody wrote, in words, and what they come to."""
    amount = multiply(figures)
    if amount is None:
        return ""
    factors = " × ".join(f"{one.label} {say_figure(one)}" for one in figures)
    return f"{factors} = {_('%(amount)s a year', amount=say_money(amount, currency))}"


def say_figure(figure: NamedFigure) -> str:
    """The value of a figure as the reader's language writes it, a share in per cent."""
    if figure.is_share:
        places = next((n for n in range(MOST_PLACES) if (figure.value * 100 * 10**n).denominator == 1), MOST_PLACES)
        return share(figure.value, places)
    return show_number(figure.value, language(), decimals=EXACT_PLACES)


def say_missing(money: MoneyEstimate, pack: Pack) -> str:
    """Which answers an amount still waits for."""
    labels = ", ".join(f"“{pack.item(item_id).label.in_language(language())}”" for item_id in money.missing)
    return _("The amount cannot be computed yet; a figure is missing for %(labels)s.", labels=labels)


def _say_step(step: MoneyStep) -> str:
    label = step.label.in_language(language())
    if step.factor.kind is FactorKind.ASSUMPTION:
        return f"{show_number(step.value, language())} {label}"
    if step.factor.kind is FactorKind.SHARE:
        return f"{label} {share(step.value, _places(step.value * 100))}"
    if step.factor.kind is FactorKind.REMAINING_SHARE:
        return _("the rest of %(label)s, %(value)s", label=label, value=share(step.value, _places(step.value * 100)))
    shown = show_number(step.value, language())
    if step.factor.above:
        above = show_number(step.factor.above, language())
        return _("%(label)s, what exceeds %(above)s: %(value)s", label=label, above=above, value=shown)
    return f"{label} {shown}"


def _places(value: Fraction) -> int:
    return 0 if value.denominator == 1 else 1
