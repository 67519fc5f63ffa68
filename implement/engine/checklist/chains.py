"""Chains of work that come with the product, read strictly: steps with role and clock, in four languages."""

from dataclasses import dataclass
from pathlib import Path

from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text

LONGEST_CLOCK = 10_000


@dataclass(frozen=True)
class TemplateStep:
    """One step: who does what within how many open minutes."""

    id: str
    minutes: int
    demands: tuple[str, ...]
    role: Text
    text: Text


@dataclass(frozen=True)
class ChainTemplate:
    """A chain to begin with."""

    id: str
    demands: tuple[str, ...]
    title: Text
    steps: tuple[TemplateStep, ...]


def load_chains(path: Path) -> tuple[ChainTemplate, ...]:
    """Read the chains; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    chains = tuple(map(_read_chain, sheet.entries("chains")))
    sheet.finish()
    raise_faults(sheet)
    return chains


def _read_chain(entry: Entry) -> ChainTemplate:
    chain = ChainTemplate(
        entry.begin(), entry.demands(), entry.text("title"), tuple(map(_read_step, entry.entries("steps")))
    )
    entry.finish()
    return chain


def _read_step(entry: Entry) -> TemplateStep:
    step = TemplateStep(
        entry.id("key"), entry.whole("minutes", 1, LONGEST_CLOCK), entry.demands(), entry.text("role"),
        entry.text("text"),
    )  # fmt: skip
    entry.finish()
    return step
