"""keep orders, meetings of teams and days off.

Revision ID: 0010
Follows: 0009
"""

import json
from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closed_day",
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_closed_day_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("rollout_id", "day", name=op.f("pk_closed_day")),
    )
    op.create_table(
        "team_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("minute_of_day", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "weekday BETWEEN 1 AND 7 AND minute_of_day BETWEEN 0 AND 1439", name=op.f("ck_team_meeting_time")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_meeting_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_meeting")),
        sa.UniqueConstraint(
            "team_id", "weekday", "minute_of_day", name=op.f("uq_team_meeting_team_id_weekday_minute_of_day")
        ),
    )
    op.create_table(
        "booked_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("crm_user", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("crm_deal_id", sa.String(length=200), nullable=False),
        sa.CheckConstraint("number <> '' AND crm_user <> ''", name=op.f("ck_booked_order_named")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_booked_order_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booked_order")),
        sa.UniqueConstraint("rollout_id", "number", name=op.f("uq_booked_order_rollout_id_number")),
    )
    with op.batch_alter_table("booked_order", schema=None) as batch_op:
        batch_op.create_index("ix_booked_order_day", ["rollout_id", "day"], unique=False)
    for table in ("rollout", "team"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("holiday_calendar", sa.String(length=8), nullable=False, server_default=""))
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("holiday_calendar", server_default=None)
    _keep_meetings()
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.drop_column("meeting_weekday")
        batch_op.drop_column("meeting_hour")
    _keep_closed_days()
    with op.batch_alter_table("usage_basis", schema=None) as batch_op:
        batch_op.drop_column("holidays")


def downgrade() -> None:
    with op.batch_alter_table("usage_basis", schema=None) as batch_op:
        batch_op.add_column(sa.Column("holidays", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("usage_basis", schema=None) as batch_op:
        batch_op.alter_column("holidays", server_default=None)
    _put_closed_days_back()
    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.add_column(sa.Column("meeting_weekday", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("meeting_hour", sa.Integer(), nullable=True))
    _put_meetings_back()
    for table in ("rollout", "team"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("holiday_calendar")
    with op.batch_alter_table("booked_order", schema=None) as batch_op:
        batch_op.drop_index("ix_booked_order_day")
    op.drop_table("booked_order")
    op.drop_table("team_meeting")
    op.drop_table("closed_day")


def _keep_meetings() -> None:
    op.execute(
        "INSERT INTO team_meeting (team_id, weekday, minute_of_day) SELECT id, meeting_weekday, 60 * meeting_hour FROM"
        " team WHERE meeting_weekday BETWEEN 1 AND 7 AND meeting_hour BETWEEN 0 AND 23"
    )


def _put_meetings_back() -> None:
    """The first meeting of each team; earlier tables knew one, by the full hour."""
    first = "(SELECT MIN(id) FROM team_meeting WHERE team_id = team.id)"
    op.execute(
        f"UPDATE team SET meeting_weekday = (SELECT weekday FROM team_meeting WHERE id = {first}),"
        f" meeting_hour = (SELECT minute_of_day / 60 FROM team_meeting WHERE id = {first})"
    )


def _keep_closed_days() -> None:
    connection = op.get_bind()
    table = sa.table("closed_day", sa.column("rollout_id", sa.Integer()), sa.column("day", sa.Date()))
    basis = sa.table("usage_basis", sa.column("rollout_id", sa.Integer()), sa.column("holidays", sa.JSON()))
    for rollout_id, days in connection.execute(sa.select(basis.c.rollout_id, basis.c.holidays)).all():
        rows = [{"rollout_id": rollout_id, "day": date.fromisoformat(day)} for day in sorted(set(days))]
        if rows:
            connection.execute(table.insert(), rows)


def _put_closed_days_back() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT rollout_id, day FROM closed_day ORDER BY rollout_id, day")).all()
    days: dict[int, list[str]] = {}
    for rollout_id, day in rows:
        days.setdefault(rollout_id, []).append(str(day))
    for rollout_id, listed in days.items():
        said = {"rollout_id": rollout_id, "days": json.dumps(listed)}
        connection.execute(sa.text("UPDATE usage_basis SET holidays = :days WHERE rollout_id = :rollout_id"), said)
