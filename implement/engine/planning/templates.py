"""Plans to begin with: fifty working days (M61) and ten months (M106), and what further waves add to them (M23)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from implement.engine.checklist.sheet import Entry, raise_faults, read_sheet_file
from implement.engine.checklist.text import Text
from implement.engine.planning.schedule import Step, UnsoundPlan, lay_out_steps

STAGES = ("audit", "specification", "pilot", "transfer", "adoption")
SIDES = ("client", "consultancy", "both")
LONGEST_STEP_DAYS = 260


@dataclass(frozen=True)
class TemplateStep:
    """One step of a plan: its stage, whose work it is, what it waits for; `per_wave` steps come again in each wave."""

    id: str
    stage: str
    side: str
    days: int
    after: tuple[str, ...]
    per_wave: bool
    wave: int
    demands: tuple[str, ...]
    text: Text

    @property
    def is_milestone(self) -> bool:
        """True for a moment instead of work."""
        return self.days == 0


@dataclass(frozen=True)
class PlanTemplate:
    """A plan with all its steps; `promise` says what it is and is not."""

    id: str
    demands: tuple[str, ...]
    title: Text
    promise: Text
    steps: tuple[TemplateStep, ...]

    @property
    def length_days(self) -> int:
        """Working days from the first day to the last."""
        placed = lay_out_steps([Step(step.id, step.days, step.after) for step in self.steps])
        return max(one.end for one in placed.values())


def load_plans(path: Path) -> tuple[PlanTemplate, ...]:
    """Read the templates strictly; raises UnusableSheet with every fault."""
    sheet = read_sheet_file(path)
    sheet.id()
    sheet.word("version")
    plans = tuple(map(_read_plan, sheet.entries("plans")))
    sheet.finish()
    raise_faults(sheet)
    return plans


def copy_for_waves(steps: Sequence[TemplateStep], waves: int) -> list[TemplateStep]:
    """The steps with those of each further wave behind the wave before: its first steps wait for the last ones there.

    What waited for the steps of the first wave waits for those of the last.
    """
    repeated = [step for step in steps if step.per_wave]
    names = {step.id for step in repeated}
    last = sorted(names - {before for step in repeated for before in step.after})
    single = [
        replace(step, after=tuple(_in_wave(one, waves) if one in names else one for one in step.after))
        for step in steps
        if not step.per_wave
    ]
    copies = [_copy(step, names, last, wave) for wave in range(2, waves + 1) for step in repeated]
    return [*single, *repeated, *copies]


def _copy(step: TemplateStep, names: set[str], last: Sequence[str], wave: int) -> TemplateStep:
    inside = tuple(_in_wave(one, wave) for one in step.after if one in names)
    after = inside or tuple(_in_wave(one, wave - 1) for one in last)
    return replace(step, id=_in_wave(step.id, wave), after=after, wave=wave)


def _in_wave(step_id: str, wave: int) -> str:
    return step_id if wave == 1 else f"{step_id}_{wave}"


def _read_plan(entry: Entry) -> PlanTemplate:
    plan = PlanTemplate(
        entry.begin(), entry.demands(), entry.text("title"), entry.text("promise"),
        tuple(map(_read_step, entry.entries("steps"))),
    )  # fmt: skip
    try:
        lay_out_steps([Step(step.id, step.days, step.after) for step in plan.steps])
    except UnsoundPlan as unsound:
        entry.fault("steps", "not_one_of", str(unsound), ", ".join(step.id for step in plan.steps))
    entry.finish()
    return plan


def _read_step(entry: Entry) -> TemplateStep:
    step = TemplateStep(
        entry.id(), entry.one_of("stage", STAGES), entry.one_of("side", SIDES),
        entry.whole("days", 0, LONGEST_STEP_DAYS), entry.words("after") if entry.holds("after") else (),
        entry.one_of("per_wave", ("false", "true"), "false") == "true", 1, entry.demands(), entry.text("text"),
    )  # fmt: skip
    entry.finish()
    return step
