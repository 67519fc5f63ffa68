"""The rail: five stages with the state of the wave in work, and the control wing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import current_app, url_for

from implement.rollout.registries import Room, registries
from implement.rollout.service.gates import StageState, judge_rail
from implement.rollout.stages import Stage
from implement.web.access import Permission, Standing
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
    """The rail as the person sees it: a stage leads to its room, or to its gate where there is no room for them."""
    rooms = {room.stage: room for room in registries().rooms if room.stage and _may_enter(room, standing)}
    stages = [_stage_entry(rollout_id, state, rooms) for state in judge_rail(rollout_id, today)]
    return stages + _list_rooms(rollout_id, standing, quiet=False)


def build_second_row(rollout_id: int, standing: Standing) -> list[RailEntry]:
    """The ways that are open in every stage: people, tasks, gates and the like."""
    return _list_rooms(rollout_id, standing, quiet=True)


def _list_rooms(rollout_id: int, standing: Standing, *, quiet: bool) -> list[RailEntry]:
    beside = (room for room in registries().rooms if room.stage is None and room.is_quiet is quiet)
    return [
        RailEntry(room.key, str(room.label), url_for(room.endpoint, rollout_id=rollout_id))
        for room in beside
        if _may_enter(room, standing)
    ]


def _may_enter(room: Room, standing: Standing) -> bool:
    """True when the room's first page lets the person in."""
    permission: Permission | None = getattr(current_app.view_functions[room.endpoint], "required_permission", None)
    return permission is None or standing.may(permission)


def _stage_entry(rollout_id: int, found: StageState, rooms: Mapping[Stage, Room]) -> RailEntry:
    stage = found.stage
    note = _n("blocked by %(num)d", "blocked by %(num)d", found.open_criteria) if found.state == "blocked" else ""
    if stage in rooms:
        url = url_for(rooms[stage].endpoint, rollout_id=rollout_id)
    else:
        url = url_for("gates.show_gate", rollout_id=rollout_id, wave_id=found.wave_id, stage=stage.value)
    return RailEntry(stage.value, str(STAGE_LABELS[stage]), url, found.state, note)
