"""Templates of regulations: clauses in four languages, from which a firm writes its own text (M108, M113–M120)."""

from dataclasses import dataclass
from pathlib import Path

from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text


@dataclass(frozen=True)
class Clause:
    """One clause with its stable id; what the firm fills in stands in square brackets."""

    id: str
    demands: tuple[str, ...]
    text: Text


@dataclass(frozen=True)
class ClauseGroup:
    """Clauses under one heading."""

    id: str
    title: Text
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class RegulationTemplate:
    """A versioned template of a regulation."""

    id: str
    version: str
    title: Text
    intro: Text
    groups: tuple[ClauseGroup, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses in order."""
        return tuple(clause for group in self.groups for clause in group.clauses)

    def write(self, language: str) -> str:
        """The whole text in one language, with numbered headings and clauses."""
        parts = [self.intro.in_language(language)]
        for number, group in enumerate(self.groups, 1):
            parts.append(f"{number}. {group.title.in_language(language)}")
            parts += [f"{number}.{at} {one.text.in_language(language)}" for at, one in enumerate(group.clauses, 1)]
        return "\n\n".join(parts)


def load_regulation(path: Path) -> RegulationTemplate:
    """Read a template; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    template = RegulationTemplate(
        id=sheet.id(),
        version=sheet.word("version"),
        title=sheet.text("title"),
        intro=sheet.text("intro"),
        groups=tuple(_read_group(entry) for entry in sheet.entries("sections")),
    )
    sheet.finish()
    raise_faults(sheet)
    return template


def _read_group(entry: Entry) -> ClauseGroup:
    group = ClauseGroup(entry.id(), entry.text("title"), tuple(_read_clause(one) for one in entry.entries("clauses")))
    entry.finish()
    return group


def _read_clause(entry: Entry) -> Clause:
    clause = Clause(entry.begin(), entry.demands(), entry.text("text"))
    entry.finish()
    return clause
