"""Templates of regulations: clauses in four languages, from which a firm writes its own text (M108, M113–M120)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text

BLANK = re.compile(r"\[([^\[\]]+)\]")


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

    def list_blanks(self, language: str) -> list[tuple[Clause, str]]:
        """What the firm fills in, in order: the clause and what its square brackets ask for."""
        spoken = [(clause, clause.text.in_language(language)) for clause in self.clauses]
        return [(clause, asked) for clause, text in spoken for asked in BLANK.findall(text)]

    def write(self, language: str, filled: Sequence[str] = ()) -> str:
        """The whole text in one language, with numbered headings and clauses; blanks are filled in order.

        What is not filled stays in its brackets; the note about them stands first while there are any.
        """
        words = iter(filled)
        parts = []
        for number, group in enumerate(self.groups, 1):
            parts.append(f"{number}. {group.title.in_language(language)}")
            for at, one in enumerate(group.clauses, 1):
                text = BLANK.sub(lambda asked: next(words, "").strip() or asked[0], one.text.in_language(language))
                parts.append(f"{number}.{at} {text}")
        whole = "\n\n".join(parts)
        return f"{self.intro.in_language(language)}\n\n{whole}" if BLANK.search(whole) else whole


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
