"""The CRM's structure as it is proposed: objects, stages, fields, functions and rights, and what speaks for each."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from implement.engine.checklist.pack import Pack
from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text
from implement.engine.typing_load import FIELD_KINDS

BY_THE_CRM = "crm"
STEPS = ("framework", "later")
PART_KINDS = ("function", "widget", "integration")
LEVELS = ("none", "read", "own", "all")
MOST_RECORDS_A_WEEK, MOST_DAYS = 1000, 365
NO_TEXT = Text("", "", "", "")
Read = TypeVar("Read")


@dataclass(frozen=True)
class RoleProposal:
    """A role in the CRM."""

    id: str
    text: Text


@dataclass(frozen=True)
class ObjectProposal:
    """A kind of record, and how many of them one person begins in a week where nothing is known."""

    id: str
    records_a_week: int
    demands: tuple[str, ...]
    text: Text


@dataclass(frozen=True)
class StageProposal:
    """A stage of a deal, how many days it may take, and what must be true to leave it (M42)."""

    id: str
    days: int
    text: Text
    done_when: Text


@dataclass(frozen=True)
class FieldProposal:
    """A field: who fills it in and who reads it (roles; `crm` fills itself), in which step of the work it comes.

    `business` names the kind of business whose set it belongs to; `because` the audit's questions that speak for it.
    """

    id: str
    object: str
    kind: str
    is_required: bool
    filled_by: str
    read_by: tuple[str, ...]
    step: str
    business: str
    because: tuple[str, ...]
    demands: tuple[str, ...]
    text: Text


@dataclass(frozen=True)
class PartProposal:
    """A function, widget or integration, and the audit's questions that speak for it."""

    id: str
    kind: str
    because: tuple[str, ...]
    demands: tuple[str, ...]
    text: Text


@dataclass(frozen=True)
class RightProposal:
    """What a role may do with a kind of record."""

    role: str
    object: str
    level: str


@dataclass(frozen=True)
class StructureProposal:
    """Everything that can be proposed, in order; `businesses` are the kinds of business with a field set (M65)."""

    roles: tuple[RoleProposal, ...]
    objects: tuple[ObjectProposal, ...]
    stages: tuple[StageProposal, ...]
    fields: tuple[FieldProposal, ...]
    parts: tuple[PartProposal, ...]
    rights: tuple[RightProposal, ...]
    businesses: tuple[tuple[str, Text], ...]


def load_structure(path: Path, pack: Pack) -> StructureProposal:
    """Read the proposal with the wordings of the audit's pack of fields; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    roles = tuple(_finish(entry, RoleProposal(entry.begin(), entry.text("text"))) for entry in sheet.entries("roles"))
    objects = tuple(_read_object(entry) for entry in sheet.entries("objects"))
    stages = tuple(_read_stage(entry) for entry in sheet.entries("stages"))
    known_roles, known_objects = _ids(roles), _ids(objects)
    businesses = tuple((option.id, option.text) for option in pack.item(f"{pack.id}.business").options)
    reader = _FieldReader(pack, known_roles, known_objects, _first(businesses))
    fields = tuple(reader.read(entry) for entry in sheet.entries("fields"))
    parts = tuple(_read_part(entry) for entry in sheet.entries("parts"))
    rights = tuple(_read_right(entry, known_roles, known_objects) for entry in sheet.entries("rights"))
    sheet.finish()
    raise_faults(sheet)
    return StructureProposal(roles, objects, stages, fields, parts, rights, businesses)


@dataclass(frozen=True)
class _FieldReader:
    """Reads fields against what they may name."""

    pack: Pack
    roles: Collection[str]
    objects: Collection[str]
    businesses: Collection[str]

    def read(self, entry: Entry) -> FieldProposal:
        field = FieldProposal(
            id=entry.begin(),
            object=entry.one_of("object", self.objects),
            kind=entry.one_of("kind", FIELD_KINDS),
            is_required=entry.one_of("required", ("no", "yes")) == "yes",
            filled_by=entry.one_of("filled_by", (BY_THE_CRM, *self.roles)),
            read_by=entry.words("read_by"),
            step=entry.one_of("step", STEPS),
            business=entry.one_of("business", ("", *self.businesses), default=""),
            because=entry.words("because") if entry.holds("because") else (),
            demands=entry.demands(),
            text=self._find_wording(entry) if entry.holds("wording") else entry.text("text"),
        )
        for role in set(field.read_by) - set(self.roles):
            entry.fault("read_by", "not_one_of", role, ", ".join(self.roles))
        return _finish(entry, field)

    def _find_wording(self, entry: Entry) -> Text:
        """The text of an option of the pack, `question.option`."""
        question, _dot, wanted = entry.word("wording").partition(".")
        known = {item.id: item for item in self.pack.items}
        options = known[f"{self.pack.id}.{question}"].options if f"{self.pack.id}.{question}" in known else ()
        found = {option.id: option.text for option in options}
        if wanted not in found:
            entry.fault("wording", "not_one_of", wanted, ", ".join(found))
        return found.get(wanted, NO_TEXT)


def _read_object(entry: Entry) -> ObjectProposal:
    name, records = entry.begin(), entry.whole("records_a_week", 0, MOST_RECORDS_A_WEEK)
    return _finish(entry, ObjectProposal(name, records, entry.demands(), entry.text("text")))


def _read_stage(entry: Entry) -> StageProposal:
    name, days = entry.begin(), entry.whole("days", 1, MOST_DAYS)
    return _finish(entry, StageProposal(name, days, entry.text("text"), entry.text("done_when")))


def _read_part(entry: Entry) -> PartProposal:
    name, kind = entry.begin(), entry.one_of("kind", PART_KINDS)
    return _finish(entry, PartProposal(name, kind, entry.words("because"), entry.demands(), entry.text("text")))


def _read_right(entry: Entry, roles: Collection[str], objects: Collection[str]) -> RightProposal:
    role, record = entry.one_of("who", roles), entry.one_of("object", objects)
    return _finish(entry, RightProposal(role, record, entry.one_of("level", LEVELS)))


def _finish(entry: Entry, read: Read) -> Read:
    entry.finish()
    return read


def _ids(things: Iterable[RoleProposal | ObjectProposal]) -> tuple[str, ...]:
    return tuple(one.id for one in things)


def _first(pairs: Iterable[tuple[str, Text]]) -> tuple[str, ...]:
    return tuple(name for name, _text in pairs)
