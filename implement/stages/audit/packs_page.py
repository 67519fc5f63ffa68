"""Packs as pages show them: the shelf to choose from, those of an audit, what is wrong with one handed in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from implement.engine.checklist import Evaluation, JoinedPack, Pack, Reply, SheetFault
from implement.engine.checklist.sheet import FAULT_TEXTS
from implement.engine.readiness import Readiness
from implement.stages.audit.findings_page import SectionLine, write_packs, write_sections
from implement.stages.audit.service.shelf import ShelfPack
from implement.stages.audit.tables import AuditPack
from implement.web.texts import _, language

MOST_FAULTS_SHOWN = 200


@dataclass(frozen=True)
class ShelfLine:
    """A pack to choose; `taken_version` is the one that the audit has already, empty where it has none."""

    key: str
    title: str
    intro: str
    version: str
    questions: int
    rules: int
    is_own: bool
    is_ticked: bool
    taken_version: str = ""


@dataclass(frozen=True)
class Chapter:
    """A pack of an audit: how far it is, how mature the firm is in it, its sections, where its questions begin."""

    title: str
    version: str
    answered: int
    of: int
    position: int
    line: SectionLine
    sections: tuple[SectionLine, ...]


def write_shelf(shelf: Sequence[ShelfPack], *, ticked: str = "", taken: Collection[AuditPack] = ()) -> list[ShelfLine]:
    """The shelf in the reader's language, with what the audit has already."""
    versions = {row.pack_key: row.version for row in taken}
    return [_write_shelf_line(one, versions, ticked) for one in shelf]


def write_chapters(pack: JoinedPack, said: Evaluation, readiness: Readiness) -> list[Chapter]:
    """The packs of an audit one by one."""
    sections = dict(zip([one.section.id for one in readiness.sections], write_sections(readiness), strict=True))
    first: dict[str, int] = {}
    for position, section in enumerate(pack.sections, 1):
        first.setdefault(pack.origins[section.id].id, position)
    chapters = []
    for origin, line in zip(pack.packs, write_packs(pack, readiness), strict=True):
        applying = [one for one in origin.items if said.settled.get(one.id) is not Reply.NOT_APPLICABLE]
        answered = sum(one.id in said.settled for one in applying)
        inner = [sections[f"{origin.id}.{one.id}"] for one in origin.sections if f"{origin.id}.{one.id}" in sections]
        title = origin.title.in_language(language())
        place = (origin.version, answered, len(applying), first[origin.id])
        chapters.append(Chapter(title, *place, line=line, sections=tuple(inner)))
    return chapters


def say_sheet_faults(faults: Sequence[SheetFault]) -> list[tuple[int | None, str, str]]:
    """Each fault as line, question with key, and sentence; at most 200, with the count of the rest in the last line."""
    said: list[tuple[int | None, str, str]] = []
    for one in faults[:MOST_FAULTS_SHOWN]:
        place = " · ".join(part for part in (one.item, one.key) if part)
        said.append((one.line, place, _(FAULT_TEXTS[one.code]).format(*one.values)))
    if len(faults) > MOST_FAULTS_SHOWN:
        said.append((None, "", _("and %(rest)d more", rest=len(faults) - MOST_FAULTS_SHOWN)))
    return said


def _write_shelf_line(one: ShelfPack, versions: Mapping[str, str], ticked: str) -> ShelfLine:
    pack: Pack = one.pack
    return ShelfLine(
        key=pack.id,
        title=pack.title.in_language(language()),
        intro=pack.intro.in_language(language()),
        version=pack.version,
        questions=len(pack.items),
        rules=len(list(pack.rules)),
        is_own=one.is_own,
        is_ticked=pack.id == ticked,
        taken_version=versions.get(pack.id, ""),
    )
