"""Questions as a screen shows them: choices, what was answered, what others said, files, what was wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from implement.engine.checklist import AnswerKind, Item, JoinedPack, Pack, Reply, Section, read_answer
from implement.engine.checklist.answers import AnswerValue
from implement.stages.audit.service.answers import AnswerRow
from implement.stages.audit.service.evidence import EvidenceRow
from implement.stages.audit.words import REPLY_LABELS, say_answer, say_unit
from implement.web.texts import language, number


@dataclass(frozen=True)
class Choice:
    """Something to tick: its value, its words, a level's number where it is one."""

    value: str
    text: str
    is_ticked: bool
    level: int | None = None


@dataclass(frozen=True)
class Said:
    """What somebody answered, in words."""

    person: str
    role: str
    text: str
    note: str
    typed_in: bool


@dataclass(frozen=True)
class Follows:
    """A finding that follows from an answer, and where it stands."""

    text: str
    url: str


@dataclass(frozen=True)
class Mistake:
    """What was typed to a question and could not be kept."""

    number: int
    words: Sequence[str]
    note: str
    version: int | None
    sentence: str


@dataclass(frozen=True)
class Question:
    """One question for one person; `ticks` is radio, checkbox or empty, `typed` what stands in its box.

    `number` is its place in the pack, `shown_number` that among the questions the person was asked.
    """

    item: Item
    number: int
    shown_number: int
    label: str
    text: str
    why: str
    evidence: str
    ticks: str
    choices: tuple[Choice, ...]
    replies: tuple[Choice, ...]
    typed: str
    unit: str
    note: str
    version: int | None
    is_answered: bool
    files: tuple[EvidenceRow, ...]
    others: tuple[Said, ...]
    is_disputed: bool
    error: str
    found: tuple[Follows, ...] = ()


@dataclass(frozen=True)
class Step:
    """A section on the way through the questions, with how much of it is done, and the pack it comes from."""

    position: int
    pack: str
    title: str
    answered: int
    of: int
    is_here: bool


@dataclass(frozen=True)
class Answers:
    """All that was answered in an audit, and the files behind it."""

    rows: Sequence[AnswerRow]
    files: Sequence[EvidenceRow]
    currency: str
    disputed: frozenset[str] = frozenset()
    found: Mapping[str, tuple[Follows, ...]] = field(default_factory=dict)

    @cached_property
    def by_question(self) -> Mapping[str, Sequence[AnswerRow]]:
        """The answers by question."""
        found: dict[str, list[AnswerRow]] = {}
        for row in self.rows:
            found.setdefault(row.item_id, []).append(row)
        return found

    def of_person(self, person_id: int) -> Mapping[str, AnswerRow]:
        """The person's answers by question."""
        return {row.item_id: row for row in self.rows if row.person_id == person_id}

    def of_question(self, item: Item, *, without: int | None = None) -> tuple[Said, ...]:
        """What everybody said to a question."""
        return tuple(self.say(item, row) for row in self.by_question.get(item.id, ()) if row.person_id != without)

    def say(self, item: Item, row: AnswerRow) -> Said:
        """An answer in words."""
        names = {one.sha256: one.name for one in self.files if one.item_id == item.id}
        text = say_answer(item, value_of(item, row), self.currency, names.get(row.value, ""))
        return Said(row.person, row.role, text, row.note, row.typed_in)


def number_of(pack: Pack, item: Item) -> int:
    """The number of a question in its pack, from 1."""
    return pack.numbers[item.id]


def value_of(item: Item, row: AnswerRow) -> AnswerValue | None:
    """What a row holds, None while it holds only a note."""
    return read_answer(item, row.value) if row.value else None


def write_questions(
    pack: Pack,
    section: Section,
    answers: Answers,
    *,
    person_id: int,
    first_number: int,
    with_others: bool,
    mistake: Mistake | None = None,
) -> list[Question]:
    """The questions of a section as one person answers them, counted from `first_number`."""
    own = answers.of_person(person_id)
    questions = []
    for shown_number, item in enumerate(section.items, first_number):
        position = number_of(pack, item)
        wrong = mistake if mistake and mistake.number == position else None
        others = answers.of_question(item, without=person_id) if with_others else ()
        files = tuple(one for one in answers.files if one.item_id == item.id and one.person_id == person_id)
        questions.append(
            _write_question(item, (position, shown_number), own.get(item.id), answers, (others, files), wrong)
        )
    return questions


def write_steps(pack: JoinedPack, sections: Sequence[Section], own: Mapping[str, AnswerRow], here: int) -> list[Step]:
    """The sections in their order, with how much of each the person has answered."""
    steps = []
    for position, section in enumerate(sections, 1):
        answered = sum(bool(own[item.id].value) for item in section.items if item.id in own)
        title = section.title.in_language(language())
        origin = pack.origins[section.id].title.in_language(language())
        steps.append(Step(position, origin, title, answered, len(section.items), position == here))
    return steps


def _write_question(
    item: Item,
    numbers: tuple[int, int],
    row: AnswerRow | None,
    answers: Answers,
    around: tuple[tuple[Said, ...], tuple[EvidenceRow, ...]],
    wrong: Mistake | None,
) -> Question:
    others, files = around
    speaks = language()
    words = list(wrong.words) if wrong else _words(item, row)
    return Question(
        item=item,
        number=numbers[0],
        shown_number=numbers[1],
        label=item.label.in_language(speaks),
        text=item.text.in_language(speaks),
        why=item.why.in_language(speaks),
        evidence=item.evidence.in_language(speaks) if item.evidence else "",
        ticks=_ticks(item),
        choices=_choices(item, words),
        replies=tuple(Choice(reply.value, str(label), reply in words) for reply, label in REPLY_LABELS.items()),
        typed=next((word for word in words if word not in tuple(Reply)), ""),
        unit=say_unit(item, answers.currency),
        note=wrong.note if wrong else row.note if row else "",
        version=wrong.version if wrong else row.version if row else None,
        is_answered=bool(row and row.value),
        files=files,
        others=others,
        is_disputed=item.id in answers.disputed,
        error=wrong.sentence if wrong else "",
        found=answers.found.get(item.id, ()),
    )


def _words(item: Item, row: AnswerRow | None) -> list[str]:
    """What stands in the form for a kept answer; numbers as the reader's language writes them."""
    if row is None or not row.value:
        return []
    value = read_answer(item, row.value)
    if isinstance(value, Decimal):
        return [number(value, max(0, -int(value.normalize().as_tuple().exponent)))]
    return list(value) if isinstance(value, tuple) else [str(value)]


def _ticks(item: Item) -> str:
    if item.kind in (AnswerKind.SCALE, AnswerKind.CHOICE):
        return "checkbox" if item.multiple else "radio"
    return ""


def _choices(item: Item, words: Sequence[str]) -> tuple[Choice, ...]:
    if item.kind is AnswerKind.SCALE:
        levels = [(str(level.level), level.text, level.level) for level in item.levels]
        return tuple(Choice(value, text.in_language(language()), value in words, n) for value, text, n in levels)
    return tuple(Choice(option.id, option.text.in_language(language()), option.id in words) for option in item.options)
