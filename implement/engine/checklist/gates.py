"""The default criteria of the five gates, read strictly: what each stage demands before it is signed off."""

from dataclasses import dataclass
from pathlib import Path

from implement.engine.checklist.pack import Role
from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text
from implement.engine.criteria import COMPARISONS, CriterionKind, CriterionTerms

STAGES = ("audit", "specification", "pilot", "transfer", "adoption")
UNITS = ("share", "count", "days", "money", "score")
LARGEST_LEAST_N = 1_000_000


@dataclass(frozen=True)
class GateCriterion:
    """One default criterion: its terms, the unit its measure is shown in, its wording, and why it is demanded."""

    stage: str
    terms: CriterionTerms
    unit: str | None
    demands: tuple[str, ...]
    text: Text
    because: Text


def load_gates(path: Path) -> tuple[GateCriterion, ...]:
    """Read the criteria in order of stages; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    stages = sheet.entry("stages")
    criteria = tuple(read_criterion(entry, stage) for stage in STAGES for entry in stages.entries(stage))
    for stage in STAGES:
        if not any(criterion.stage == stage for criterion in criteria):
            stages.fault(stage, "no_stage", stage)
    keys = [criterion.terms.key for criterion in criteria]
    for key in {key for key in keys if keys.count(key) > 1}:
        stages.fault("key", "same_id", key)
    stages.finish()
    sheet.finish()
    raise_faults(sheet)
    return criteria


def read_criterion(entry: Entry, stage: str) -> GateCriterion:
    """One criterion of a stage, or of a moment of a wave; faults stand in the sheet."""
    entry.begin("key")
    kind = CriterionKind(entry.one_of("kind", list(CriterionKind)))
    is_measured = kind in (CriterionKind.MEASURE, CriterionKind.CHECKLIST)
    criterion = GateCriterion(
        stage=stage,
        terms=_read_measure_terms(entry, kind) if is_measured else _read_plain_terms(entry, kind),
        unit=entry.one_of("unit", UNITS) if is_measured else None,
        demands=entry.demands(),
        text=entry.text("text"),
        because=entry.text("because"),
    )
    entry.finish()
    return criterion


def _read_measure_terms(entry: Entry, kind: CriterionKind) -> CriterionTerms:
    return CriterionTerms(
        key=entry.item,
        kind=kind,
        measure=entry.id("measure"),
        comparison=entry.one_of("comparison", list(COMPARISONS)),
        threshold=entry.number("threshold"),
        least_n=entry.whole("least_n", 1, LARGEST_LEAST_N) if entry.holds("least_n") else 1,
    )


def _read_plain_terms(entry: Entry, kind: CriterionKind) -> CriterionTerms:
    roles = entry.words("roles") if kind is CriterionKind.SIGNATURE else ()
    for role in roles:
        if role not in list(Role):
            entry.fault("roles", "not_one_of", role, ", ".join(Role))
    return CriterionTerms(key=entry.item, kind=kind, roles=roles)
