"""What a checklist pack consists of: sections, questions and their ways of answering, rules that lead to findings."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction
from functools import cached_property

from implement.engine.checklist.conditions import Condition
from implement.engine.checklist.money import Assumption, MoneyRule
from implement.engine.checklist.text import Text

HIGHEST_LEVEL = 4


class AnswerKind(StrEnum):
    """The five ways in which a question is answered."""

    CHOICE = "choice"
    SCALE = "scale"
    NUMBER = "number"
    TEXT = "text"
    FILE = "file"


class Role(StrEnum):
    """Who of the people in a rollout is the right one to ask."""

    CONSULTANT = "consultant"
    LEAD = "lead"
    HEAD = "head"
    SALESPERSON = "salesperson"
    HR = "hr"
    COUNCIL = "council"
    ADMIN = "admin"


class RuleKind(StrEnum):
    """A finding is a trouble that exists today; a risk is one that threatens the rollout."""

    FINDING = "finding"
    RISK = "risk"


class Severity(IntEnum):
    """How much a finding matters; critical means: settle this before anything else."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4


@dataclass(frozen=True)
class Option:
    """One answer to choose; `score` says how good it is (0–1), None where it is neither good nor bad."""

    id: str
    text: Text
    score: Fraction | None


@dataclass(frozen=True)
class Level:
    """One described step of a maturity scale, 0 (absent) to 4 (exemplary)."""

    level: int
    text: Text


@dataclass(frozen=True)
class Unit:
    """What a number counts; the text may hold the blank `{currency}` that the rollout fills."""

    code: str
    text: Text


@dataclass(frozen=True)
class FindingRule:
    """When the answers are so, this problem, its likely cause and what to do about it."""

    id: str
    kind: RuleKind
    severity: Severity
    when: Condition
    problem: Text
    cause: Text
    recommendation: Text
    money: MoneyRule | None
    demands: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One question: short label, wording, why it matters, whom to ask, and how it is answered.

    `options` are filled for a choice (`multiple`: several may apply), `levels` for a scale, `unit`, `minimum` and
    `maximum` for a number. `evidence` names what to ask to be shown.
    """

    id: str
    section_id: str
    kind: AnswerKind
    label: Text
    text: Text
    why: Text
    role: Role
    weight: int
    demands: tuple[str, ...]
    evidence: Text | None
    multiple: bool
    options: tuple[Option, ...]
    levels: tuple[Level, ...]
    unit: Unit | None
    minimum: Fraction | None
    maximum: Fraction | None
    rules: tuple[FindingRule, ...]

    @property
    def name(self) -> str:
        """The last part of the id, unique within the pack, used for blanks in wordings."""
        return self.id.rpartition(".")[2]

    @property
    def is_scored(self) -> bool:
        """Whether an answer says how mature the firm is (scales, and choices whose options carry scores)."""
        return self.kind is AnswerKind.SCALE or any(option.score is not None for option in self.options)

    def option(self, option_id: str) -> Option:
        """The option of this id; raises KeyError."""
        return {option.id: option for option in self.options}[option_id]


@dataclass(frozen=True)
class Section:
    """A group of questions that belong to one theme."""

    id: str
    title: Text
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Pack:
    """A versioned checklist; an audit keeps the version (and the hash) it was made with."""

    id: str
    version: str
    title: Text
    intro: Text
    sections: tuple[Section, ...]
    assumptions: tuple[Assumption, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """All questions in order."""
        return tuple(item for section in self.sections for item in section.items)

    @property
    def rules(self) -> Iterator[FindingRule]:
        """All rules in order of their questions."""
        return (rule for item in self.items for rule in item.rules)

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """The questions by their ids."""
        return {item.id: item for item in self.items}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each question, from 1, by its id."""
        return {item.id: number for number, item in enumerate(self.items, 1)}

    def item(self, item_id: str) -> Item:
        """The question of this id; raises KeyError."""
        return self.by_id[item_id]


def pack_hash(pack: Pack) -> str:
    """SHA-256 of what the pack says, untouched by comments, line ends or the order of keys in its file."""
    canonical = json.dumps(asdict(pack), default=str, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
