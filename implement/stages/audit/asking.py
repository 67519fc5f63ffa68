"""The screen of a section: whose answers, which questions, the way before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import abort, url_for

from implement.engine.checklist import Evaluation, Item, JoinedPack, Pack, Section, UnusableAnswer
from implement.rollout.service.rollouts import get_rollout
from implement.stages.audit.screen import Answers, Follows, Mistake, number_of, write_questions, write_steps
from implement.stages.audit.service.answers import list_answers
from implement.stages.audit.service.audits import evaluate_audit
from implement.stages.audit.service.evidence import list_evidence
from implement.stages.audit.service.found import key_of_rule
from implement.stages.audit.service.people import list_people
from implement.stages.audit.tables import Audit, AuditPerson
from implement.stages.audit.words import say_refusal
from implement.web.texts import language


@dataclass(frozen=True)
class Asking:
    """An audit with its pack and everything answered, read once for a screen."""

    audit: Audit
    pack: JoinedPack
    shows_findings: bool = False

    @cached_property
    def said(self) -> Evaluation:
        """What the answers say."""
        return evaluate_audit(self.audit, self.pack)

    @cached_property
    def answers(self) -> Answers:
        """What everybody answered, and their files."""
        return Answers(
            rows=list_answers(self.audit.id),
            files=list_evidence(self.audit.id),
            currency=get_rollout(self.audit.rollout_id).currency,
            disputed=frozenset(one.item.id for one in self.said.contradictions),
            found=self.found if self.shows_findings else {},
        )

    @cached_property
    def found(self) -> Mapping[str, tuple[Follows, ...]]:
        """By question, the findings that follow from what was answered to it."""
        page = url_for("audit_findings.list_findings", rollout_id=self.audit.rollout_id)
        found: dict[str, list[Follows]] = {}
        for one in (*self.said.findings, *self.said.risks):
            told = Follows(one.problem(language()), f"{page}#{key_of_rule(one.rule.id)}")
            for item_id in dict.fromkeys(answer.item_id for answer in one.follows_from):
                found.setdefault(item_id, []).append(told)
        return {item_id: tuple(told) for item_id, told in found.items()}

    def people(self) -> list[AuditPerson]:
        """Everybody who answers."""
        return list_people(self.audit.id)

    def first_open(self, person_id: int) -> int:
        """The first section with a question that nobody has answered, else the first."""
        answered = self.said.settled
        for position, section in enumerate(self.pack.sections, 1):
            if any(item.id not in answered for item in section.items):
                return position
        return 1

    def place_of(self, item_id: str) -> tuple[int, int]:
        """The number of a question and the position of its section."""
        item = self.pack.item(item_id)
        return number_of(self.pack, item), section_position(self.pack.sections, item)


def write_screen(
    asking: Asking, person: AuditPerson, position: int, *, user_id: int, mistake: Mistake | None = None
) -> dict[str, object]:
    """What the interview's page shows for a section and a person."""
    section = pick_section(asking.pack.sections, position)
    return {
        "audit": asking.audit,
        "person": person,
        "people": asking.people(),
        "is_own": person.user_id == user_id,
        "is_known": any(one.user_id == user_id for one in asking.people()),
        **write_section(asking, asking.pack.sections, section, person.id, with_others=True, mistake=mistake),
    }


def write_section(
    asking: Asking,
    sections: Sequence[Section],
    section: Section,
    person_id: int,
    *,
    with_others: bool,
    mistake: Mistake | None = None,
) -> dict[str, object]:
    """A section's questions, and the steps before and after it."""
    position = list(sections).index(section) + 1
    steps = write_steps(asking.pack, sections, asking.answers.of_person(person_id), position)
    first_number = sum(step.of for step in steps[: position - 1]) + 1
    questions = write_questions(
        asking.pack,
        section,
        asking.answers,
        person_id=person_id,
        first_number=first_number,
        with_others=with_others,
        mistake=mistake,
    )
    return {"steps": steps, "here": steps[position - 1], "questions": questions}


def pick_section(sections: Sequence[Section], position: int) -> Section:
    """The section at a position from 1; any other is not found."""
    if not 1 <= position <= len(sections):
        abort(404)
    return sections[position - 1]


def pick_question(pack: Pack, number: int, sections: Sequence[Section] | None = None) -> tuple[Item, int]:
    """A question by its number in the pack, and the position of its section among those given."""
    among = pack.sections if sections is None else sections
    if not 1 <= number <= len(pack.items):
        abort(404)
    item = pack.items[number - 1]
    return item, section_position(among, item)


def section_position(sections: Sequence[Section], item: Item) -> int:
    """Where among the sections a question stands; one that is not among them is not found."""
    ids = [section.id for section in sections]
    if item.section_id not in ids:
        abort(404)
    return ids.index(item.section_id) + 1


def note_mistake(number: int, words: Sequence[str], typed: Mapping[str, object], fault: UnusableAnswer) -> Mistake:
    """What was typed, to be shown again with what is wrong about it."""
    version = typed["version"]
    return Mistake(
        number=number,
        words=words,
        note=str(typed["note"]),
        version=version if isinstance(version, int) else None,
        sentence=say_refusal(fault),
    )
