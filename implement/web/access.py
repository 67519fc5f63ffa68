"""Who may do what: one enum, one map from roles, one decorator; strangers get 404, the wrong role 403."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Protocol

from flask import Flask, abort, current_app, g
from flask.typing import ResponseReturnValue
from flask_login import current_user

View = Callable[..., ResponseReturnValue]


class Role(StrEnum):
    """What a person is in one rollout; `manager` in the sources is our salesperson (see the reading traps of the
    demand list).
    """

    ADMIN = "admin"
    CONSULTANT = "consultant"
    LEAD = "lead"
    HEAD = "head"
    SALESPERSON = "salesperson"
    HR = "hr"
    COUNCIL = "council"


class Permission(StrEnum):
    """What a view may demand."""

    ENTER = "enter"
    CREATE_ROLLOUT = "create_rollout"
    MANAGE_USERS = "manage_users"
    KEEP_PACKS = "keep_packs"
    SEE_ROLLOUT = "see_rollout"
    MANAGE_ROLLOUT = "manage_rollout"
    MANAGE_PEOPLE = "manage_people"
    SEE_PEOPLE = "see_people"
    SEE_GATES = "see_gates"
    SIGN = "sign"
    OVERRIDE_GATE = "override_gate"
    DISCUSS = "discuss"
    KEEP_TASKS = "keep_tasks"
    SEE_REGULATIONS = "see_regulations"
    WRITE_REGULATIONS = "write_regulations"
    SEE_ACTIVITY = "see_activity"
    WRITE_PLANS = "write_plans"
    SET_TARGETS = "set_targets"
    SEE_PROGRESS = "see_progress"
    REPORT_ACTIVITY = "report_activity"
    SEE_MORNING = "see_morning"
    SEE_MEETINGS = "see_meetings"
    JOIN_MEETINGS = "join_meetings"
    LEAD_MEETINGS = "lead_meetings"
    SEE_COMPLIANCE = "see_compliance"
    APPROVE_REGULATIONS = "approve_regulations"
    ACKNOWLEDGE = "acknowledge"
    SEE_OVERDUE = "see_overdue"
    SWITCH_VIEWS = "switch_views"
    SEE_MONITORING = "see_monitoring"
    SEE_LOG = "see_log"
    SET_RETENTION = "set_retention"
    SEE_AUDIT = "see_audit"
    RUN_AUDIT = "run_audit"
    SEE_SPECIFICATION = "see_specification"
    WRITE_SPECIFICATION = "write_specification"
    SEE_PILOT = "see_pilot"
    RUN_PILOT = "run_pilot"
    LEARN = "learn"
    SEE_TRAINING = "see_training"
    RUN_TRAINING = "run_training"
    ASK_QUESTIONS = "ask_questions"
    ANSWER_QUESTIONS = "answer_questions"
    SETTLE_CONFLICTS = "settle_conflicts"
    KEEP_CHANGES = "keep_changes"
    TEST_PILOT = "test_pilot"
    SEE_PILOT_RESULT = "see_pilot_result"
    SEE_TRANSFER = "see_transfer"
    RUN_TRANSFER = "run_transfer"
    WORK_ON_CASES = "work_on_cases"
    SEE_TEAM_USAGE = "see_team_usage"
    SEE_PERSON_USAGE = "see_person_usage"
    SEE_OWN_USAGE = "see_own_usage"
    SEE_REMEDIES = "see_remedies"
    RUN_REMEDIES = "run_remedies"
    IMPORT_USAGE = "import_usage"
    RUN_PULSE = "run_pulse"
    ANSWER_PULSE = "answer_pulse"
    KEEP_BYPASSES = "keep_bypasses"
    HAND_OVER = "hand_over"
    KEEP_FUNCTIONS = "keep_functions"
    FREEZE_BASELINE = "freeze_baseline"
    SEE_REPORT = "see_report"
    SEE_SIDE_BY_SIDE = "see_side_by_side"
    SEE_REWARDS = "see_rewards"
    CLAIM_REWARD = "claim_reward"
    GRANT_REWARDS = "grant_rewards"
    KEEP_REWARD_RULES = "keep_reward_rules"
    MANAGE_TOKENS = "manage_tokens"
    SEE_INCENTIVES = "see_incentives"
    SEE_OWN_PAY = "see_own_pay"
    OBJECT_TO_PAY = "object_to_pay"
    SET_PAY_POLICY = "set_pay_policy"
    WRITE_PAY_RULES = "write_pay_rules"
    AGREE_PAY = "agree_pay"
    SEE_PAY = "see_pay"
    RUN_PAY = "run_pay"
    CHECK_PAY = "check_pay"
    APPROVE_PAY = "approve_pay"


EVERYBODY = frozenset(Role)
STEERING = frozenset({Role.CONSULTANT, Role.LEAD})
OFFICE = STEERING | {Role.ADMIN}
READERS = STEERING | {Role.HEAD, Role.HR, Role.COUNCIL}
PAYING = frozenset({Role.LEAD, Role.HR})

ALLOWED: dict[Permission, frozenset[Role]] = {
    Permission.SEE_ROLLOUT: EVERYBODY,
    Permission.MANAGE_ROLLOUT: OFFICE,
    Permission.MANAGE_PEOPLE: OFFICE | {Role.HR},
    Permission.SEE_PEOPLE: OFFICE | {Role.HEAD, Role.HR, Role.COUNCIL},
    Permission.SEE_GATES: EVERYBODY,
    Permission.SIGN: READERS,
    Permission.OVERRIDE_GATE: STEERING,
    Permission.DISCUSS: EVERYBODY,
    Permission.KEEP_TASKS: EVERYBODY,
    Permission.SEE_REGULATIONS: EVERYBODY,
    Permission.WRITE_REGULATIONS: OFFICE | {Role.HR},
    Permission.SEE_ACTIVITY: EVERYBODY,
    Permission.WRITE_PLANS: STEERING,
    Permission.SET_TARGETS: STEERING | {Role.HEAD},
    Permission.SEE_PROGRESS: READERS,
    Permission.REPORT_ACTIVITY: frozenset({Role.HEAD, Role.SALESPERSON}),
    Permission.SEE_MORNING: STEERING | {Role.HEAD},
    Permission.SEE_MEETINGS: EVERYBODY,
    Permission.JOIN_MEETINGS: STEERING | {Role.HEAD, Role.SALESPERSON},
    Permission.LEAD_MEETINGS: STEERING | {Role.HEAD},
    Permission.SEE_COMPLIANCE: READERS,
    Permission.APPROVE_REGULATIONS: OFFICE | {Role.HR, Role.COUNCIL},
    Permission.ACKNOWLEDGE: EVERYBODY,
    Permission.SEE_OVERDUE: OFFICE | {Role.HEAD, Role.HR},
    Permission.SWITCH_VIEWS: frozenset({Role.LEAD, Role.COUNCIL}),
    Permission.SEE_MONITORING: EVERYBODY,
    Permission.SEE_LOG: frozenset({Role.ADMIN, Role.LEAD, Role.COUNCIL}),
    Permission.SET_RETENTION: frozenset({Role.ADMIN, Role.LEAD}),
    Permission.SEE_AUDIT: READERS,
    Permission.RUN_AUDIT: STEERING,
    Permission.SEE_SPECIFICATION: READERS,
    Permission.WRITE_SPECIFICATION: STEERING,
    Permission.SEE_PILOT: EVERYBODY,
    Permission.RUN_PILOT: STEERING,
    Permission.LEARN: EVERYBODY,
    Permission.SEE_TRAINING: READERS,
    Permission.RUN_TRAINING: STEERING | {Role.HEAD},
    Permission.ASK_QUESTIONS: EVERYBODY,
    Permission.ANSWER_QUESTIONS: STEERING | {Role.HEAD},
    Permission.SETTLE_CONFLICTS: STEERING | {Role.HEAD},
    Permission.KEEP_CHANGES: STEERING,
    Permission.TEST_PILOT: STEERING | {Role.HEAD, Role.SALESPERSON},
    Permission.SEE_PILOT_RESULT: READERS,
    Permission.SEE_TRANSFER: STEERING | {Role.HEAD, Role.COUNCIL},
    Permission.RUN_TRANSFER: STEERING,
    Permission.WORK_ON_CASES: STEERING | {Role.HEAD},
    Permission.SEE_TEAM_USAGE: READERS,
    Permission.SEE_PERSON_USAGE: STEERING | {Role.HEAD},
    Permission.SEE_OWN_USAGE: EVERYBODY,
    Permission.SEE_REMEDIES: READERS,
    Permission.RUN_REMEDIES: STEERING | {Role.HEAD},
    Permission.IMPORT_USAGE: STEERING,
    Permission.RUN_PULSE: STEERING,
    Permission.ANSWER_PULSE: EVERYBODY,
    Permission.KEEP_BYPASSES: STEERING | {Role.HEAD},
    Permission.HAND_OVER: STEERING | {Role.HEAD},
    Permission.KEEP_FUNCTIONS: STEERING,
    Permission.FREEZE_BASELINE: STEERING,
    Permission.SEE_REPORT: READERS,
    Permission.SEE_SIDE_BY_SIDE: READERS,
    Permission.SEE_REWARDS: EVERYBODY,
    Permission.CLAIM_REWARD: EVERYBODY,
    Permission.GRANT_REWARDS: STEERING | {Role.HEAD},
    Permission.KEEP_REWARD_RULES: OFFICE | {Role.HR},
    Permission.MANAGE_TOKENS: OFFICE,
    Permission.SEE_INCENTIVES: EVERYBODY,
    Permission.SEE_OWN_PAY: EVERYBODY,
    Permission.OBJECT_TO_PAY: EVERYBODY,
    Permission.SET_PAY_POLICY: frozenset({Role.LEAD, Role.HR}),
    Permission.WRITE_PAY_RULES: STEERING | {Role.HR},
    Permission.AGREE_PAY: frozenset({Role.HR}),
    Permission.SEE_PAY: PAYING,
    Permission.RUN_PAY: PAYING,
    Permission.CHECK_PAY: frozenset({Role.LEAD}),
    Permission.APPROVE_PAY: frozenset({Role.HR}),
}
SITE_ALLOWED: dict[Permission, frozenset[Role | None]] = {
    Permission.ENTER: frozenset({*Role, None}),
    Permission.CREATE_ROLLOUT: frozenset({Role.ADMIN, Role.CONSULTANT}),
    Permission.MANAGE_USERS: frozenset({Role.ADMIN}),
    Permission.KEEP_PACKS: frozenset({Role.ADMIN, Role.CONSULTANT}),
}


@dataclass(frozen=True)
class Standing:
    """What somebody is in the rollout at hand: their roles there and, where they are staff, their person."""

    rollout_id: int
    roles: frozenset[Role]
    person_id: int | None

    def may(self, permission: Permission) -> bool:
        """True when one of the roles carries the permission."""
        return bool(self.roles & ALLOWED.get(permission, frozenset()))


class Doorkeeper(Protocol):
    """How the hall tells the desk where somebody stands; None for a stranger."""

    def __call__(self, *, user_id: int, rollout_id: int) -> Standing | None: ...


def init_app(app: Flask, find_standing: Doorkeeper) -> None:
    """Let the hall answer for who stands where, and templates ask `may(…)`."""
    app.extensions["implement_doorkeeper"] = find_standing
    app.jinja_env.globals["may"] = may
    app.jinja_env.globals["has_own_figures"] = has_own_figures


def requires(permission: Permission) -> Callable[[View], View]:
    """Let a view in only with the permission: in the rollout that its URL names, else in the installation."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: object) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined,no-any-return]
            _admit(permission, arguments.get("rollout_id"))
            return view(**arguments)

        guarded.required_permission = permission  # type: ignore[attr-defined]
        return guarded

    return declare


def public(view: View) -> View:
    """Declare a view open to everybody; what it shows is proved by something else (a password, a link)."""
    view.required_permission = None  # type: ignore[attr-defined]
    return view


def may(permission: str) -> bool:
    """True when the person may do this here; what templates ask."""
    wanted = Permission(permission)
    if wanted in SITE_ALLOWED:
        return current_user.is_authenticated and current_user.site_role in SITE_ALLOWED[wanted]
    standing: Standing | None = g.get("standing")
    return standing is not None and standing.may(wanted)


def standing() -> Standing:
    """Where the person of this request stands in the rollout at hand."""
    here: Standing = g.standing
    return here


def _admit(permission: Permission, rollout_id: object) -> None:
    if rollout_id is None:
        if permission not in SITE_ALLOWED or current_user.site_role not in SITE_ALLOWED[permission]:
            abort(403)
        return
    find_standing: Doorkeeper = current_app.extensions["implement_doorkeeper"]
    here = find_standing(user_id=current_user.id, rollout_id=int(str(rollout_id)))
    if here is None:
        abort(404)
    g.standing = here
    if not here.may(permission):
        abort(403)


def may_open(endpoint: str) -> bool:
    """True when the page behind the endpoint lets the person in; a way that ends at a closed door is no way."""
    permission = getattr(current_app.view_functions[endpoint], "required_permission", None)
    return permission is None or may(permission)


def has_own_figures() -> bool:
    """True when the person stands on the staff list here, so that pages about themselves have something to say."""
    here: Standing | None = g.get("standing")
    return here is not None and here.person_id is not None
