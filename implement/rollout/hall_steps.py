"""The hall's own next steps: people, tasks, gates, waves, consent, log-in."""

from datetime import date, timedelta

from flask import url_for

from implement.rollout.rail import STAGE_LABELS
from implement.rollout.registries import NextStep
from implement.rollout.service import privacy, staff, tasks
from implement.rollout.service.accounts import get_user
from implement.rollout.service.gates import StageState, judge_rail, judge_stage
from implement.rollout.service.rollouts import get_wave, list_waves
from implement.web.access import Permission, Role, Standing
from implement.web.texts import _, _n

SOON = timedelta(days=7)
OVERDUE, LIST, GATE, CONSENT, TASK, HEADS, START, PROTECT = 95, 88, 80, 75, 65, 50, 45, 10
PROTECTED_ROLES = frozenset({Role.ADMIN, Role.HR})


def ask_for_staff(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Take the staff list over; then see that each team has a head."""
    if not standing.may(Permission.MANAGE_PEOPLE):
        return []
    here = standing.rollout_id
    if not staff.count_people(standing.rollout_id):
        return [NextStep(_("Take over the staff list"), url_for("people.import_people", rollout_id=here), LIST)]
    lacking = staff.count_teams_without_head(standing.rollout_id)
    if not lacking:
        return []
    text = _n("One team has no head", "%(num)d teams have no head", lacking)
    return [NextStep(text, url_for("people.list_teams", rollout_id=here), HEADS)]


def ask_to_finish(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """One's overdue tasks together, and the one that is due next; rooms ask for what belongs to them."""
    mine = [task for task in tasks.list_tasks(standing.rollout_id, owner_id=user_id) if not task.subject]
    overdue = [task for task in mine if task.due < today]
    steps = []
    if overdue:
        text = _n("Finish one overdue task", "Finish %(num)d overdue tasks", len(overdue))
        url = url_for("tasks.list_tasks", rollout_id=standing.rollout_id)
        steps.append(NextStep(text, url, OVERDUE, overdue[0].due))
    coming = next((task for task in mine if today <= task.due <= today + SOON), None)
    if coming is not None:
        url = url_for("tasks.show_task", rollout_id=standing.rollout_id, task_id=coming.id)
        steps.append(NextStep(coming.title, url, TASK, coming.due))
    return steps


def ask_at_gate(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Sign the gate in work, or sign its stage off."""
    gate = next((one for one in judge_rail(standing.rollout_id, today) if one.state in ("open", "blocked")), None)
    if gate is None:
        return []
    wave = get_wave(standing.rollout_id, gate.wave_id).name
    said = {"stage": str(STAGE_LABELS[gate.stage]), "wave": wave}
    stage = gate.stage.value
    url = url_for("gates.show_gate", rollout_id=standing.rollout_id, wave_id=gate.wave_id, stage=stage)
    if gate.state == "open" and standing.may(Permission.OVERRIDE_GATE):
        return [NextStep(_("Sign off %(stage)s for %(wave)s", **said), url, GATE)]
    if gate.state == "blocked" and _lacks_only_signatures(standing, gate, today):
        return [NextStep(_("Sign the gate of %(stage)s for %(wave)s", **said), url, GATE)]
    return []


def ask_for_start(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Say when the first unplanned wave starts."""
    if not standing.may(Permission.MANAGE_ROLLOUT) or not standing.may(Permission.MANAGE_PEOPLE):
        return []
    unplanned = next((wave for wave in list_waves(standing.rollout_id) if wave.go_live is None), None)
    if unplanned is None:
        return []
    url = url_for("people.list_teams", rollout_id=standing.rollout_id)
    return [NextStep(_("Set the first day of %(wave)s", wave=unplanned.name), url, START)]


def ask_for_consent(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Answer the other side, which consents to the named view."""
    if not standing.may(Permission.SWITCH_VIEWS):
        return []
    said = {row.side: row.is_on for row in privacy.list_switches(standing.rollout_id)}
    side, other = (Role.LEAD, Role.COUNCIL) if Role.LEAD in standing.roles else (Role.COUNCIL, Role.LEAD)
    if side in said or not said.get(other):
        return []
    url = url_for("monitoring.show_monitoring", rollout_id=standing.rollout_id)
    return [NextStep(_("Say whether you consent to the named view"), url, CONSENT)]


def ask_to_protect(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Administrators and HR protect their log-in."""
    if not standing.roles & PROTECTED_ROLES or get_user(user_id).totp_secret is not None:
        return []
    return [NextStep(_("Protect your log-in with a second factor"), url_for("account.set_up_second_factor"), PROTECT)]


STEPS = (
    ask_for_staff,
    ask_to_finish,
    ask_at_gate,
    ask_for_start,
    ask_for_consent,
    ask_to_protect,
)


def _lacks_only_signatures(standing: Standing, gate: StageState, today: date) -> bool:
    """True when signatures alone are missing, this person's among them: before that, there is more to wait for."""
    unmet = judge_stage(standing.rollout_id, gate.wave_id, gate.stage, today).unmet
    missing = {role for one in unmet for role in one.missing_roles}
    others = [one for one in unmet if not one.missing_roles]
    mine = {role.value for role in standing.roles}
    return not others and bool(missing & mine) and standing.may(Permission.SIGN)
