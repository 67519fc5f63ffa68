"""What the room of regulations shows outside its own pages: its place on the rail and next steps."""

from datetime import date

from flask import url_for

from implement.control.regulations.action_words import ACTION_LABELS, SUBJECT_LABELS
from implement.control.regulations.service.approving import read_approvals
from implement.control.regulations.service.overdue import list_overdue
from implement.rollout.registries import NextStep, Registries, Room
from implement.rollout.service.regulations import list_versions, list_waiting
from implement.web.access import Permission, Role, Standing
from implement.web.texts import _, _n, lazy

TEXTS, APPROVE, LATE = 85, 77, 58


def register(registries: Registries) -> None:
    """Tell the hall what this room offers."""
    registries.rooms.append(Room("regulations", lazy("Regulations"), "regulations.list_regulations"))
    registries.add_action_labels(ACTION_LABELS)
    registries.add_subject_labels(SUBJECT_LABELS)
    registries.next_steps.extend((ask_to_acknowledge, ask_to_approve, tell_of_late_readers))


def ask_to_acknowledge(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Read what was handed out."""
    waiting = list_waiting(standing.rollout_id, user_id)
    if not waiting:
        return []
    if len(waiting) == 1:
        version_id, title = waiting[0]
        url = url_for("regulations.show_version", rollout_id=standing.rollout_id, version_id=version_id)
        return [NextStep(_("Read and acknowledge: %(title)s", title=title), url, TEXTS)]
    text = _n("Read and acknowledge one text", "Read and acknowledge %(num)d texts", len(waiting))
    return [NextStep(text, url_for("regulations.list_regulations", rollout_id=standing.rollout_id), TEXTS)]


def ask_to_approve(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """Approve the version that waits for somebody like this person."""
    if not standing.may(Permission.APPROVE_REGULATIONS):
        return []
    side = "council" if Role.COUNCIL in standing.roles else "second"
    rows = [row for row in list_versions(standing.rollout_id) if row.handed_out_at is None and row.by_id != user_id]
    approvals = read_approvals(standing.rollout_id, rows) if rows else {}
    waiting = [row for row in rows if side in approvals[row.version_id].missing]
    here = standing.rollout_id
    return [
        NextStep(
            _("Approve: %(title)s", title=row.title),
            url_for("regulations.show_version", rollout_id=here, version_id=row.version_id),
            APPROVE,
        )
        for row in waiting[:1]
    ]


def tell_of_late_readers(standing: Standing, user_id: int, today: date) -> list[NextStep]:
    """See who is late, for whoever answers for it."""
    if not standing.may(Permission.WRITE_REGULATIONS):
        return []
    late = {(row.person.user_id, row.person.person_id) for row in list_overdue(standing.rollout_id, today)}
    if not late:
        return []
    text = _n("One person is late in acknowledging", "%(num)d people are late in acknowledging", len(late))
    return [NextStep(text, url_for("regulations.list_overdue", rollout_id=standing.rollout_id), LATE)]
