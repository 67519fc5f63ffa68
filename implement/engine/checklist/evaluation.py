"""From answers to findings, risks, section scores and contradictions, each with the answers it follows from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from implement.engine.checklist.answering import show_answer
from implement.engine.checklist.answers import Answer, AnswerValue, Reply
from implement.engine.checklist.conditions import items_behind
from implement.engine.checklist.money import MoneyEstimate, estimate_money
from implement.engine.checklist.pack import HIGHEST_LEVEL, AnswerKind, FindingRule, Item, Pack, RuleKind, Section
from implement.engine.checklist.settling import DEFAULT_COMPARISON, Comparison, contradict, settle
from implement.engine.checklist.text import Text


@dataclass(frozen=True)
class Finding:
    """A rule that holds, the answers it follows from, the money behind it; `disputed` when people contradict here."""

    rule: FindingRule
    item: Item
    follows_from: tuple[Answer, ...]
    disputed: bool
    money: MoneyEstimate | None
    blanks: tuple[tuple[Item, AnswerValue], ...]

    def say(self, text: Text, language: str) -> str:
        """The rule's problem, cause or recommendation with the answers filled in."""
        return text.filled(language, {item.name: show_answer(item, value, language) for item, value in self.blanks})

    def problem(self, language: str) -> str:
        """What is wrong, in one language."""
        return self.say(self.rule.problem, language)

    def cause(self, language: str) -> str:
        """Why it is likely so, in one language."""
        return self.say(self.rule.cause, language)

    def recommendation(self, language: str) -> str:
        """What to do about it, in one language."""
        return self.say(self.rule.recommendation, language)


@dataclass(frozen=True)
class SectionScore:
    """How mature a section is: weighted mean 0–1 of `n` scored answers of `of` that can be scored; None without any."""

    section: Section
    score: Fraction | None
    n: int
    of: int


@dataclass(frozen=True)
class Contradiction:
    """People who answered the same question differently."""

    item: Item
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Evaluation:
    """What an audit's answers say; findings and risks stand in order of severity, then money, then question.

    `answered` counts items that anyone answered ("nobody knows" is an answer), `of` leaves out those that do not apply;
    `typed_in` counts answered items for which only the consultant's typing stands (M10).
    """

    pack: Pack
    answered: int
    of: int
    typed_in: int
    sections: tuple[SectionScore, ...]
    findings: tuple[Finding, ...]
    risks: tuple[Finding, ...]
    contradictions: tuple[Contradiction, ...]
    settled: Mapping[str, AnswerValue]

    @property
    def answered_share(self) -> Fraction:
        """Answered items as a share of those that apply."""
        return Fraction(self.answered, self.of) if self.of else Fraction(0)


def evaluate(pack: Pack, answers: Sequence[Answer], comparison: Comparison = DEFAULT_COMPARISON) -> Evaluation:
    """Settle what several people answered, score the sections and let every rule that holds speak.

    Answers come from `read_answer`; one to a question that the pack does not hold raises KeyError.
    """
    given = _group_by_item(pack, answers)
    settled = {item.id: value for item in pack.items if (value := settle(item, _values(given[item.id]))) is not None}
    contradictions = _find_contradictions(pack, given, comparison)
    noted = _apply_rules(pack, given, settled, frozenset(contradiction.item.id for contradiction in contradictions))
    applying = [item for item in pack.items if settled.get(item.id) is not Reply.NOT_APPLICABLE]
    answered = [item for item in applying if item.id in settled]
    return Evaluation(
        pack=pack,
        answered=len(answered),
        of=len(applying),
        typed_in=sum(all(answer.typed_in for answer in given[item.id]) for item in answered),
        sections=tuple(_score_section(section, settled) for section in pack.sections),
        findings=tuple(finding for finding in noted if finding.rule.kind is RuleKind.FINDING),
        risks=tuple(finding for finding in noted if finding.rule.kind is RuleKind.RISK),
        contradictions=contradictions,
        settled=settled,
    )


def score_answer(item: Item, value: AnswerValue | None) -> Fraction | None:
    """How good an answer is, 0–1: level of 4, score of the option, lowest of several; None where it says nothing."""
    if value is None or isinstance(value, Reply):
        return None
    if item.kind is AnswerKind.SCALE and isinstance(value, int):
        return Fraction(value, HIGHEST_LEVEL)
    if item.kind is not AnswerKind.CHOICE:
        return None
    chosen = value if isinstance(value, tuple) else (str(value),)
    scores = [option.score for option in item.options if option.id in chosen and option.score is not None]
    return min(scores, default=None)


def _group_by_item(pack: Pack, answers: Sequence[Answer]) -> dict[str, list[Answer]]:
    given: dict[str, list[Answer]] = {item.id: [] for item in pack.items}
    for answer in answers:
        given[answer.item_id].append(answer)
    return given


def _values(answers: Sequence[Answer]) -> list[AnswerValue]:
    return [answer.value for answer in answers]


def _find_contradictions(
    pack: Pack, given: Mapping[str, list[Answer]], comparison: Comparison
) -> tuple[Contradiction, ...]:
    return tuple(
        Contradiction(item, tuple(given[item.id]))
        for item in pack.items
        if contradict(item, _values(given[item.id]), comparison)
    )


def _score_section(section: Section, settled: Mapping[str, AnswerValue]) -> SectionScore:
    applying = [item for item in section.items if settled.get(item.id) is not Reply.NOT_APPLICABLE and item.is_scored]
    scores = [(item.weight, score_answer(item, settled.get(item.id))) for item in applying]
    scored = [(weight, score) for weight, score in scores if score is not None]
    weight = sum(weight for weight, _ in scored)
    mean = sum((weight * score for weight, score in scored), Fraction(0)) / weight if weight else None
    return SectionScore(section, mean, len(scored), len(applying))


def _apply_rules(
    pack: Pack, given: Mapping[str, list[Answer]], settled: Mapping[str, AnswerValue], disputed: frozenset[str]
) -> list[Finding]:
    labels = {item.id: item.label for item in pack.items}
    noted = []
    for item in pack.items:
        for rule in item.rules:
            behind = items_behind(rule.when, settled)
            if not behind:
                continue
            money = estimate_money(rule.money, settled, labels, pack.assumptions) if rule.money else None
            sources = dict.fromkeys((*behind, *_items_of(money)))
            noted.append(
                Finding(
                    rule=rule,
                    item=item,
                    follows_from=tuple(answer for item_id in sources for answer in given[item_id]),
                    disputed=not disputed.isdisjoint(sources),
                    money=money,
                    blanks=tuple((pack.item(item_id), settled[item_id]) for item_id in behind),
                )
            )
    return sorted(noted, key=_most_urgent_first)


def _items_of(money: MoneyEstimate | None) -> tuple[str, ...]:
    return tuple(step.item_id for step in money.steps if step.item_id) if money else ()


def _most_urgent_first(finding: Finding) -> tuple[int, Decimal | Fraction]:
    amount = finding.money.amount_per_year if finding.money else None
    return -finding.rule.severity, -(amount or Fraction(0))
