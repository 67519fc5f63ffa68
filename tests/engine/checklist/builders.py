"""Small packs built by hand, so that a test shows nothing but what it is about."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from implement.engine.checklist import (
    Answer,
    AnswerKind,
    AnswerValue,
    FindingRule,
    Item,
    Level,
    Option,
    Pack,
    Role,
    RuleKind,
    Section,
    Severity,
    Text,
    Unit,
)
from implement.engine.checklist.conditions import Condition
from implement.engine.checklist.money import Assumption, MoneyRule

CHECKLISTS = Path(__file__).parents[3] / "checklists"


def text(words: str) -> Text:
    """The same words in every language, marked with it."""
    return Text(*(f"{words} ({language})" for language in ("en", "de", "pl", "ru")))


def rule(
    name: str,
    when: Condition,
    *,
    problem: str = "trouble",
    severity: Severity = Severity.MEDIUM,
    kind: RuleKind = RuleKind.FINDING,
    money: MoneyRule | None = None,
) -> FindingRule:
    """A rule that says one word."""
    return FindingRule(name, kind, severity, when, text(problem), text("cause"), text("cure"), money, ("M1",))


def item(
    name: str,
    kind: AnswerKind,
    *rules: FindingRule,
    options: dict[str, str | None] | None = None,
    multiple: bool = False,
    weight: int = 1,
    limits: tuple[int | None, int | None] = (0, None),
) -> Item:
    """A question of section `work`; options are given with their scores."""
    chosen = tuple(
        Option(option_id, text(option_id), None if score is None else Fraction(score))
        for option_id, score in (options or {}).items()
    )
    levels = tuple(Level(level, text(f"level {level}")) for level in range(5)) if kind is AnswerKind.SCALE else ()
    lowest, highest = (None if limit is None else Fraction(limit) for limit in limits)
    return Item(
        id=f"pack.{name}", section_id="work", kind=kind, label=text(name), text=text(name), why=text("why"),
        role=Role.HEAD, weight=weight, demands=("M1",), evidence=None, multiple=multiple, options=chosen, levels=levels,
        unit=Unit("count", text("pieces")), minimum=lowest, maximum=highest, rules=rules,
    )  # fmt: skip


def pack(*items: Item, assumptions: tuple[Assumption, ...] = ()) -> Pack:
    """A pack of one section."""
    return Pack("pack", "1", text("pack"), text("intro"), (Section("work", text("work"), items),), assumptions)


def answers(person: str = "Alice", *, typed_in: bool = False, **given: AnswerValue) -> list[Answer]:
    """What one person answered, by the names of the questions; whole numbers stay levels."""
    return [Answer(f"pack.{name}", person, value, typed_in) for name, value in given.items()]


def number(value: str) -> Decimal:
    """A typed number."""
    return Decimal(value)
