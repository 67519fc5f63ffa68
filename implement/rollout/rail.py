"""The rail: five stages with the state of the wave in work, and the control wing."""

from dataclasses import dataclass
from datetime import date

from flask import url_for

from implement.rollout.registries import registries
from implement.rollout.service.gates import StageState, judge_rail
from implement.rollout.stages import Stage
from implement.web.access import Standing
from implement.web.texts import _n, lazy

STAGE_LABELS = {
    Stage.AUDIT: lazy("Audit"),
    Stage.SPECIFICATION: lazy("Specification"),
    Stage.PILOT: lazy("Pilot"),
    Stage.TRANSFER: lazy("Transfer"),
    Stage.ADOPTION: lazy("Adoption"),
}


@dataclass(frozen=True)
class RailEntry:
    """One stage or room on the rail; stages carry a state, rooms of the control wing do not."""

    key: str
    label: str
    url: str
    state: str = ""
    note: str = ""


def build_rail(rollout_id: int, standing: Standing, today: date) -> list[RailEntry]:
    """The rail as the person sees it: a stage leads to its room, or to its gate while there is no room."""
    rooms = {room.stage: room for room in registries().rooms if room.stage}
    states = judge_rail(rollout_id, today)
    entries = [_stage_entry(rollout_id, state, rooms) for state in states]
    wing = [room for room in registries().rooms if room.stage is None]
    return entries + [RailEntry(r.key, str(r.label), url_for(r.endpoint, rollout_id=rollout_id)) for r in wing]


def _stage_entry(rollout_id: int, found: StageState, rooms: dict) -> RailEntry:  # type: ignore[type-arg]
    stage = found.stage
    note = _n("blocked by %(num)d", "blocked by %(num)d", found.open_criteria) if found.state == "blocked" else ""
    if stage in rooms:
        url = url_for(rooms[stage].endpoint, rollout_id=rollout_id)
    else:
        url = url_for("gates.show_gate", rollout_id=rollout_id, wave_id=found.wave_id, stage=stage.value)
    return RailEntry(stage.value, str(STAGE_LABELS[stage]), url, found.state, note)
