"""keep lessons questions book conflicts changes and values.

Revision ID: 0045
Follows: 0044
"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "book_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("function", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('answer', 'technique', 'script', 'rule')", name=op.f("ck_book_entry_kind")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_book_entry_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_entry")),
    )
    with op.batch_alter_table("book_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_book_entry_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "lesson",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("template_key", sa.String(length=80), nullable=True),
        sa.Column("function", sa.String(length=80), nullable=False),
        sa.Column("for_role", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("quiz", sa.JSON(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("pass_percent", sa.Integer(), nullable=False),
        sa.Column("video_sha256", sa.String(length=64), nullable=False),
        sa.Column("video_kind", sa.String(length=40), nullable=False),
        sa.Column("video_url", sa.String(length=500), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("template_key IS NOT NULL OR title <> ''", name=op.f("ck_lesson_title")),
        sa.CheckConstraint("days BETWEEN 1 AND 90 AND pass_percent BETWEEN 1 AND 100", name=op.f("ck_lesson_limits")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_lesson_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson")),
        sa.UniqueConstraint(
            "rollout_id", "template_key", "for_role", name=op.f("uq_lesson_rollout_id_template_key_for_role")
        ),
    )
    op.create_table(
        "value_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("for_role", sa.String(length=80), nullable=False),
        sa.Column("task", sa.String(length=200), nullable=False),
        sa.Column("gain", sa.Text(), nullable=False),
        sa.Column("clicks", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("task <> ''", name=op.f("ck_value_message_task")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_value_message_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_message")),
    )
    with op.batch_alter_table("value_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_value_message_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "book_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["book_entry.id"], name=op.f("fk_book_version_entry_id_book_entry")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_book_version")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_book_version_entry_id_number")),
    )
    op.create_table(
        "value_timing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=6), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("side IN ('before', 'after')", name=op.f("ck_value_timing_side")),
        sa.CheckConstraint("seconds BETWEEN 1 AND 86400", name=op.f("ck_value_timing_seconds")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["value_message.id"], name=op.f("fk_value_timing_message_id_value_message")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_timing")),
    )
    with op.batch_alter_table("value_timing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_value_timing_message_id"), ["message_id"], unique=False)

    op.create_table(
        "change_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("requirement_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("planned_for", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("told", sa.Text(), nullable=False),
        sa.Column("for_role", sa.String(length=80), nullable=False),
        sa.Column("for_team_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name=op.f("ck_change_request_done")),
        sa.CheckConstraint("state <> 'done' OR told <> ''", name=op.f("ck_change_request_told")),
        sa.CheckConstraint("state = 'asked' OR decision <> ''", name=op.f("ck_change_request_decision")),
        sa.CheckConstraint("state IN ('asked', 'accepted', 'refused', 'done')", name=op.f("ck_change_request_state")),
        sa.ForeignKeyConstraint(["for_team_id"], ["team.id"], name=op.f("fk_change_request_for_team_id_team")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_change_request_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_request")),
        sa.UniqueConstraint("rollout_id", "number", name=op.f("uq_change_request_rollout_id_number")),
    )
    op.create_table(
        "function_showing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("function", sa.String(length=80), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_function_showing_rollout_id_rollout")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_function_showing_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_function_showing")),
        sa.UniqueConstraint(
            "team_id", "function", "shown_on", name=op.f("uq_function_showing_team_id_function_shown_on")
        ),
    )
    with op.batch_alter_table("function_showing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_function_showing_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "script_use",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times > 0", name=op.f("ck_script_use_times")),
        sa.ForeignKeyConstraint(["entry_id"], ["book_entry.id"], name=op.f("fk_script_use_entry_id_book_entry")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_script_use_team_id_team")),
        sa.PrimaryKeyConstraint("entry_id", "team_id", "day", name=op.f("pk_script_use")),
    )
    op.create_table(
        "change_read",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change_request.id"], name=op.f("fk_change_read_change_id_change_request")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_change_read_user_id_user")),
        sa.PrimaryKeyConstraint("change_id", "user_id", name=op.f("pk_change_read")),
    )
    op.create_table(
        "lesson_enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("enrolled_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_lesson_enrolment_lesson_id_lesson")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_lesson_enrolment_person_id_person")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_lesson_enrolment_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_enrolment")),
        sa.UniqueConstraint("lesson_id", "person_id", name=op.f("uq_lesson_enrolment_lesson_id_person_id")),
    )
    with op.batch_alter_table("lesson_enrolment", schema=None) as batch_op:
        batch_op.create_index("ix_lesson_enrolment_person", ["rollout_id", "person_id"], unique=False)

    op.create_table(
        "support_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=4), nullable=False),
        sa.Column("function", sa.String(length=80), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(length=300), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", name=op.f("ck_support_question_answered")),
        sa.CheckConstraint("source IN ('form', 'mail', 'head')", name=op.f("ck_support_question_source")),
        sa.ForeignKeyConstraint(["entry_id"], ["book_entry.id"], name=op.f("fk_support_question_entry_id_book_entry")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_support_question_person_id_person")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_support_question_rollout_id_rollout")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_support_question_team_id_team")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_support_question_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_question")),
        sa.UniqueConstraint("rollout_id", "message_id", name=op.f("uq_support_question_rollout_id_message_id")),
    )
    with op.batch_alter_table("support_question", schema=None) as batch_op:
        batch_op.create_index("ix_support_question_open", ["rollout_id", "answered_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_question_person_id"), ["person_id"], unique=False)

    op.create_table(
        "task_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("task", sa.String(length=200), nullable=False),
        sa.Column("function", sa.String(length=80), nullable=False),
        sa.Column("first_team_id", sa.Integer(), nullable=True),
        sa.Column("first_person_id", sa.Integer(), nullable=True),
        sa.Column("other_team_id", sa.Integer(), nullable=True),
        sa.Column("other_person_id", sa.Integer(), nullable=True),
        sa.Column("what_happened", sa.Text(), nullable=False),
        sa.Column("arbiter_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(decided_at IS NULL) = (decision = '')", name=op.f("ck_task_conflict_decided")),
        sa.CheckConstraint("decided_at IS NULL OR cause <> ''", name=op.f("ck_task_conflict_cause")),
        sa.CheckConstraint(
            "(first_team_id IS NULL) <> (first_person_id IS NULL)", name=op.f("ck_task_conflict_first_side")
        ),
        sa.CheckConstraint(
            "other_team_id IS NULL OR other_person_id IS NULL", name=op.f("ck_task_conflict_other_side")
        ),
        sa.ForeignKeyConstraint(["arbiter_id"], ["user.id"], name=op.f("fk_task_conflict_arbiter_id_user")),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change_request.id"], name=op.f("fk_task_conflict_change_id_change_request")
        ),
        sa.ForeignKeyConstraint(
            ["first_person_id"], ["person.id"], name=op.f("fk_task_conflict_first_person_id_person")
        ),
        sa.ForeignKeyConstraint(["first_team_id"], ["team.id"], name=op.f("fk_task_conflict_first_team_id_team")),
        sa.ForeignKeyConstraint(
            ["other_person_id"], ["person.id"], name=op.f("fk_task_conflict_other_person_id_person")
        ),
        sa.ForeignKeyConstraint(["other_team_id"], ["team.id"], name=op.f("fk_task_conflict_other_team_id_team")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_task_conflict_rollout_id_rollout")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_conflict_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_conflict")),
    )
    with op.batch_alter_table("task_conflict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_conflict_rollout_id"), ["rollout_id"], unique=False)

    op.create_table(
        "quiz_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("wrong", sa.JSON(), nullable=False),
        sa.Column("correct", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("correct BETWEEN 0 AND asked", name=op.f("ck_quiz_try_counted")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["lesson_enrolment.id"], name=op.f("fk_quiz_try_enrolment_id_lesson_enrolment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_try")),
    )
    with op.batch_alter_table("quiz_try", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_try_enrolment_id"), ["enrolment_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("quiz_try", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quiz_try_enrolment_id"))

    op.drop_table("quiz_try")
    with op.batch_alter_table("task_conflict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_conflict_rollout_id"))

    op.drop_table("task_conflict")
    with op.batch_alter_table("support_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_question_person_id"))
        batch_op.drop_index("ix_support_question_open")

    op.drop_table("support_question")
    with op.batch_alter_table("lesson_enrolment", schema=None) as batch_op:
        batch_op.drop_index("ix_lesson_enrolment_person")

    op.drop_table("lesson_enrolment")
    op.drop_table("change_read")
    op.drop_table("script_use")
    with op.batch_alter_table("function_showing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_function_showing_rollout_id"))

    op.drop_table("function_showing")
    op.drop_table("change_request")
    with op.batch_alter_table("value_timing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_value_timing_message_id"))

    op.drop_table("value_timing")
    op.drop_table("book_version")
    with op.batch_alter_table("value_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_value_message_rollout_id"))

    op.drop_table("value_message")
    op.drop_table("lesson")
    with op.batch_alter_table("book_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_book_entry_rollout_id"))

    op.drop_table("book_entry")
