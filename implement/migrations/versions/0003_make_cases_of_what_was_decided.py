"""Make cases of what the newest runs found; what was explained or waived goes on as a step of its case.

Revision ID: 0003
Follows: 0002
"""

import hashlib
import json
from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transfer_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("fate", sa.String(length=20), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("findings", sa.BigInteger(), nullable=False),
        sa.Column("first_findings", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("owner", sa.String(length=200), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'reopened', 'in_repair', 'repaired', 'closed', 'explained', 'waived')",
            name=op.f("ck_transfer_case_state"),
        ),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_transfer_case_rollout_id_rollout")),
        sa.CheckConstraint("(owner_id IS NULL) = (due IS NULL)", name=op.f("ck_transfer_case_owner")),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_transfer_case_owner_id_user")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_transfer_case_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_case")),
        sa.UniqueConstraint("rollout_id", "identity", name=op.f("uq_transfer_case_rollout_id_identity")),
        sa.UniqueConstraint("rollout_id", "number", name=op.f("uq_transfer_case_rollout_id_number")),
    )
    with op.batch_alter_table("transfer_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_case_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "transfer_case_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('opened', 'assigned', 'in_repair', 'repaired', 'closed', 'reopened', 'explained', 'waived', 'withdrawn')",
            name=op.f("ck_transfer_case_step_kind"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('explained', 'waived', 'withdrawn') OR (name <> '' AND reason <> '')",
            name=op.f("ck_transfer_case_step_reason"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_transfer_case_step_by_id_user")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["transfer_case.id"], name=op.f("fk_transfer_case_step_case_id_transfer_case")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["transfer_run.id"], name=op.f("fk_transfer_case_step_run_id_transfer_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_case_step")),
    )
    with op.batch_alter_table("transfer_case_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_case_step_case_id"), ["case_id"], unique=False)

    op.create_table(
        "transfer_case_sighting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("discrepancy_id", sa.Integer(), nullable=False),
        sa.Column("findings", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["transfer_case.id"], name=op.f("fk_transfer_case_sighting_case_id_transfer_case")
        ),
        sa.ForeignKeyConstraint(
            ["discrepancy_id"],
            ["transfer_discrepancy.id"],
            name=op.f("fk_transfer_case_sighting_discrepancy_id_transfer_discrepancy"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["transfer_run.id"], name=op.f("fk_transfer_case_sighting_run_id_transfer_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_case_sighting")),
        sa.UniqueConstraint("case_id", "discrepancy_id", name=op.f("uq_transfer_case_sighting_case_id_discrepancy_id")),
    )
    with op.batch_alter_table("transfer_case_sighting", schema=None) as batch_op:
        batch_op.create_index("ix_case_sighting_run", ["run_id"], unique=False)

    _carry_over()
    with op.batch_alter_table("transfer_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_decision_rollout_id"))

    op.drop_table("transfer_decision")


def downgrade() -> None:
    op.create_table(
        "transfer_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('explained', 'waived', 'withdrawn')", name=op.f("ck_transfer_decision_kind")),
        sa.CheckConstraint("name <> '' AND reason <> ''", name=op.f("ck_transfer_decision_reason")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_transfer_decision_by_id_user")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_transfer_decision_rollout_id_rollout")),
        sa.ForeignKeyConstraint(["run_id"], ["transfer_run.id"], name=op.f("fk_transfer_decision_run_id_transfer_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_decision")),
    )
    with op.batch_alter_table("transfer_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_decision_rollout_id"), ["rollout_id"], unique=False)

    _take_back()
    with op.batch_alter_table("transfer_case_sighting", schema=None) as batch_op:
        batch_op.drop_index("ix_case_sighting_run")

    op.drop_table("transfer_case_sighting")
    with op.batch_alter_table("transfer_case_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_case_step_case_id"))

    op.drop_table("transfer_case_step")
    with op.batch_alter_table("transfer_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfer_case_owner_id"))

    op.drop_table("transfer_case")


def _carry_over() -> None:
    """Open a case for each harmful discrepancy of each rollout's newest finished run."""
    bind = op.get_bind()
    tables = _reflect(
        "transfer_discrepancy",
        "transfer_run",
        "transfer_decision",
        "transfer_case",
        "transfer_case_step",
        "transfer_case_sighting",
    )
    runs = tables["transfer_run"]
    newest: dict[int, sa.Row] = {}
    for run in bind.execute(sa.select(runs).where(runs.c.finished_at.is_not(None)).order_by(runs.c.number)):
        newest[run.rollout_id] = run
    for run in newest.values():
        _open_cases(run, tables)


def _open_cases(run: sa.Row, tables: dict[str, sa.Table]) -> None:
    bind, found = op.get_bind(), tables["transfer_discrepancy"]
    decisions = tables["transfer_decision"]
    harmful = sa.select(found).where(found.c.run_id == run.id, found.c.is_harmful).order_by(found.c.number)
    taken: set[str] = set()
    for one in bind.execute(harmful).all():
        identity = _identify(one)
        if identity in taken:
            continue
        taken.add(identity)
        here = (decisions.c.rollout_id == run.rollout_id, decisions.c.fingerprint == one.fingerprint)
        decided = bind.execute(sa.select(decisions).where(*here).order_by(decisions.c.id)).all()
        _open_case(run, one, len(taken), identity, decided, tables)


def _open_case(
    run: sa.Row, one: sa.Row, number: int, identity: str, decided: Sequence[sa.Row], tables: dict[str, sa.Table]
) -> None:
    bind = op.get_bind()
    state = "open" if not decided or decided[-1].kind == "withdrawn" else decided[-1].kind
    made = bind.execute(
        tables["transfer_case"]
        .insert()
        .values(
            rollout_id=run.rollout_id,
            number=number,
            identity=identity,
            table_name=one.table_name,
            fate=one.fate,
            field=one.field,
            source_id="",
            target_id="",
            state=state,
            findings=one.findings,
            first_findings=one.findings,
            owner="",
            version=1,
        )
    )
    case_id = made.inserted_primary_key[0]
    steps = [{"kind": "opened", "run_id": run.id, "name": "", "reason": "", "by_id": None, "at": run.finished_at}]
    steps += [
        {"kind": row.kind, "run_id": run.id, "name": row.name, "reason": row.reason, "by_id": row.by_id, "at": row.at}
        for row in decided
    ]
    bind.execute(tables["transfer_case_step"].insert(), [{"case_id": case_id, "by_name": "", **step} for step in steps])
    seen = {"case_id": case_id, "run_id": run.id, "discrepancy_id": one.id, "findings": one.findings}
    bind.execute(tables["transfer_case_sighting"].insert().values(**seen))


def _take_back() -> None:
    """Write the decisions on the causes that the cases were seen in."""
    bind = op.get_bind()
    tables = _reflect(
        "transfer_discrepancy", "transfer_decision", "transfer_case", "transfer_case_step", "transfer_case_sighting"
    )
    step, case, seen = (tables[f"transfer_case{name}"] for name in ("_step", "", "_sighting"))
    found = tables["transfer_discrepancy"]
    asked = (
        sa.select(
            case.c.rollout_id,
            step.c.run_id,
            found.c.fingerprint,
            step.c.kind,
            step.c.name,
            step.c.reason,
            step.c.by_id,
            step.c.at,
        )
        .join_from(step, case, case.c.id == step.c.case_id)
        .join(seen, (seen.c.case_id == case.c.id) & (seen.c.run_id == step.c.run_id) & seen.c.place.is_(None))
        .join(found, found.c.id == seen.c.discrepancy_id)
        .where(step.c.kind.in_(["explained", "waived", "withdrawn"]))
        .order_by(step.c.id)
    )
    rows = [row._asdict() for row in bind.execute(asked)]
    if rows:
        bind.execute(tables["transfer_decision"].insert(), rows)


def _identify(one: sa.Row) -> str:
    condition = [one.code, one.column_name, sorted(one.cause_values), one.parent_name]
    parts = ("cause", one.table_name, one.fate, one.field, one.is_whole, *condition)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _reflect(*names: str) -> dict[str, sa.Table]:
    tables = {name: sa.Table(name, sa.MetaData(), autoload_with=op.get_bind()) for name in names}
    for name, column, kind in (
        ("transfer_discrepancy", "cause_values", sa.JSON()),
        ("transfer_discrepancy", "is_harmful", sa.Boolean()),
        ("transfer_discrepancy", "is_whole", sa.Boolean()),
    ):
        if name in tables:
            tables[name].c[column].type = kind
    return tables
