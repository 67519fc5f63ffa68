"""The plan of an audit: which section is asked of whom, with a proposal by role where nothing was asked yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from implement.engine.checklist import JoinedPack, Section
from implement.stages.audit.forms.people import mostly_asked
from implement.stages.audit.tables import AuditPerson, AuditRequest
from implement.web.texts import _, _n, language


@dataclass(frozen=True)
class Tick:
    """A cell of the plan: a person and a section, asked already or proposed."""

    value: str
    label: str
    is_ticked: bool


@dataclass(frozen=True)
class PlanLine:
    """A section with everybody who could be asked for it."""

    pack: str
    title: str
    questions: int
    role: str
    ticks: tuple[Tick, ...]
    is_asked: bool


@dataclass(frozen=True)
class Plan:
    """All sections, and everybody who can be asked by link."""

    people: tuple[AuditPerson, ...]
    lines: tuple[PlanLine, ...]

    @property
    def answer(self) -> str:
        """The page's answer: what nobody is asked."""
        if not self.people:
            return _("Whom of the firm do you want to ask?")
        left = sum(not line.is_asked for line in self.lines)
        if not left:
            return _("Every section is asked of somebody.")
        return _n("One section is asked of nobody.", "%(num)d sections are asked of nobody.", left)


def write_plan(pack: JoinedPack, people: Sequence[AuditPerson], requests: Sequence[AuditRequest]) -> Plan:
    """The plan as it stands; who was asked nothing so far is proposed what mostly asks for their role."""
    asked = {(row.person_id, row.section_key) for row in requests}
    guests = tuple(one for one in people if one.user_id is None)
    proposed = {
        (one.id, section.id)
        for one in guests
        if one.id not in {row.person_id for row in requests}
        for section in pack.sections
        if mostly_asked(section) == one.role
    }
    return Plan(guests, tuple(_write_line(pack, one, guests, asked, proposed) for one in pack.sections))


def _write_line(
    pack: JoinedPack,
    section: Section,
    people: Sequence[AuditPerson],
    asked: set[tuple[int, str]],
    proposed: set[tuple[int, str]],
) -> PlanLine:
    title = section.title.in_language(language())
    ticks = tuple(
        Tick(f"{one.id}:{section.id}", f"{one.name}: {title}", (one.id, section.id) in asked | proposed)
        for one in people
    )
    return PlanLine(
        pack=pack.origins[section.id].title.in_language(language()) if len(pack.packs) > 1 else "",
        title=title,
        questions=len(section.items),
        role=mostly_asked(section),
        ticks=ticks,
        is_asked=any(key == section.id for _person, key in asked),
    )
