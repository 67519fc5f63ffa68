"""Make every table of the first release.

Revision ID: 0001
Follows: nothing
"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('company',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_company')),
    sa.UniqueConstraint('name', name=op.f('uq_company_name'))
    )
    op.create_table('job',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=80), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=True),
    sa.Column('arguments', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('step', sa.String(length=200), nullable=False),
    sa.Column('done_rows', sa.Integer(), nullable=False),
    sa.Column('total_rows', sa.Integer(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('worker', sa.String(length=32), nullable=False),
    sa.Column('result', sa.JSON(), nullable=True),
    sa.Column('refusal', sa.JSON(), nullable=True),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('heartbeat_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('done_rows >= 0 AND total_rows >= 0', name=op.f('ck_job_rows')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_job_kind'), ['kind'], unique=False)
        batch_op.create_index(batch_op.f('ix_job_rollout_id'), ['rollout_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_job_state'), ['state'], unique=False)

    op.create_table('log_row',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_log_row')),
    sa.UniqueConstraint('hash', name=op.f('uq_log_row_hash')),
    sa.UniqueConstraint('previous_hash', name=op.f('uq_log_row_previous_hash'))
    )
    with op.batch_alter_table('log_row', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_log_row_rollout_id'), ['rollout_id'], unique=False)

    op.create_table('login_attempt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_attempt'))
    )
    with op.batch_alter_table('login_attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_login_attempt_subject'), ['subject'], unique=False)

    op.create_table('outbox_mail',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('to', sa.String(length=254), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failure', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_mail')),
    sa.UniqueConstraint('key', name=op.f('uq_outbox_mail_key'))
    )
    op.create_table('request_key',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('location', sa.String(length=500), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', 'user_id', name=op.f('pk_request_key'))
    )
    op.create_table('user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('site_role', sa.String(length=20), nullable=True),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('theme', sa.String(length=5), nullable=False),
    sa.Column('totp_secret', sa.String(length=64), nullable=True),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
    sa.UniqueConstraint('email', name=op.f('uq_user_email'))
    )
    op.create_table('login_session',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_login_session_user_id_user')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_login_session'))
    )
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_login_session_user_id'), ['user_id'], unique=False)

    op.create_table('rollout',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('company_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('goal', sa.Text(), nullable=False),
    sa.Column('legal_profile', sa.String(length=2), nullable=False),
    sa.Column('pay_policy', sa.String(length=12), nullable=False),
    sa.Column('currency', sa.String(length=3), nullable=False),
    sa.Column('timezone', sa.String(length=60), nullable=False),
    sa.Column('is_demonstration', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("legal_profile IN ('DE', 'PL', 'RU', 'EU')", name=op.f('ck_rollout_legal_profile')),
    sa.CheckConstraint("pay_policy IN ('none', 'incentives', 'variable', 'both')", name=op.f('ck_rollout_pay_policy')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_rollout_company_id_company')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rollout'))
    )
    with op.batch_alter_table('rollout', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rollout_company_id'), ['company_id'], unique=False)

    op.create_table('aim',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_aim_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_aim'))
    )
    with op.batch_alter_table('aim', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_aim_rollout_id'), ['rollout_id'], unique=False)

    op.create_table('api_token',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('permission', sa.String(length=40), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_api_token_created_by_id_user')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_api_token_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_token')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_api_token_token_hash'))
    )
    with op.batch_alter_table('api_token', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_api_token_rollout_id'), ['rollout_id'], unique=False)

    op.create_table('audit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('pack_key', sa.String(length=80), nullable=False),
    sa.Column('pack_version', sa.String(length=20), nullable=False),
    sa.Column('pack_file_sha256', sa.String(length=64), nullable=False),
    sa.Column('pack_hash', sa.String(length=64), nullable=False),
    sa.Column('begun_by_id', sa.Integer(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered', sa.Integer(), nullable=False),
    sa.Column('applying', sa.Integer(), nullable=False),
    sa.Column('findings', sa.Integer(), nullable=False),
    sa.Column('risks', sa.Integer(), nullable=False),
    sa.Column('obstacles', sa.Integer(), nullable=False),
    sa.CheckConstraint('answered >= 0 AND answered <= applying', name=op.f('ck_audit_answered')),
    sa.ForeignKeyConstraint(['begun_by_id'], ['user.id'], name=op.f('fk_audit_begun_by_id_user')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_audit_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit')),
    sa.UniqueConstraint('rollout_id', 'pack_key', name=op.f('uq_audit_rollout_id_pack_key'))
    )
    op.create_table('criterion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=20), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('terms', sa.JSON(), nullable=False),
    sa.CheckConstraint("kind IN ('document', 'signature', 'checklist', 'measure')", name=op.f('ck_criterion_kind')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_criterion_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criterion')),
    sa.UniqueConstraint('rollout_id', 'stage', 'key', name=op.f('uq_criterion_rollout_id_stage_key'))
    )
    op.create_table('evaluation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('people_count', sa.Integer(), nullable=False),
    sa.Column('groups', sa.JSON(), nullable=False),
    sa.Column('regular', sa.JSON(), nullable=False),
    sa.Column('notes', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_evaluation_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation'))
    )
    with op.batch_alter_table('evaluation', schema=None) as batch_op:
        batch_op.create_index('ix_evaluation_latest', ['rollout_id', 'edition', 'id'], unique=False)

    op.create_table('link_token',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=True),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('terms', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_link_token_rollout_id_rollout')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_link_token_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_link_token')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_link_token_token_hash'))
    )
    with op.batch_alter_table('link_token', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_link_token_rollout_id'), ['rollout_id'], unique=False)

    op.create_table('message',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_message_by_id_user')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_message_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index('ix_message_subject', ['rollout_id', 'subject'], unique=False)

    op.create_table('regulation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.CheckConstraint("kind IN ('regulation', 'agreement')", name=op.f('ck_regulation_kind')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_regulation_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_regulation'))
    )
    with op.batch_alter_table('regulation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_regulation_rollout_id'), ['rollout_id'], unique=False)

    op.create_table('signature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_signature_rollout_id_rollout')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_signature_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signature')),
    sa.UniqueConstraint('subject', 'sha256', 'user_id', 'role', name=op.f('uq_signature_subject_sha256_user_id_role'))
    )
    with op.batch_alter_table('signature', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signature_rollout_id'), ['rollout_id'], unique=False)
        batch_op.create_index('ix_signature_subject', ['subject'], unique=False)

    op.create_table('task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=120), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('escalate_to_id', sa.Integer(), nullable=True),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('escalated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['created_by_id'], ['user.id'], name=op.f('fk_task_created_by_id_user')),
    sa.ForeignKeyConstraint(['escalate_to_id'], ['user.id'], name=op.f('fk_task_escalate_to_id_user')),
    sa.ForeignKeyConstraint(['owner_id'], ['user.id'], name=op.f('fk_task_owner_id_user')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_task_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task'))
    )
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_task_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_task_rollout_id'), ['rollout_id'], unique=False)

    op.create_table('transfer_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=6), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size_bytes', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('is_in_use', sa.Boolean(), nullable=False),
    sa.Column('reading', sa.JSON(), nullable=False),
    sa.Column('job_id', sa.Integer(), nullable=True),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("side IN ('source', 'target')", name=op.f('ck_transfer_file_side')),
    sa.CheckConstraint("state IN ('waiting', 'read', 'unusable')", name=op.f('ck_transfer_file_state')),
    sa.ForeignKeyConstraint(['added_by_id'], ['user.id'], name=op.f('fk_transfer_file_added_by_id_user')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_transfer_file_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer_file')),
    sa.UniqueConstraint('rollout_id', 'side', 'sha256', name=op.f('uq_transfer_file_rollout_id_side_sha256'))
    )
    op.create_table('transfer_mapping',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('origin', sa.String(length=10), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("origin IN ('proposed', 'edited', 'handed_in')", name=op.f('ck_transfer_mapping_origin')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_transfer_mapping_made_by_id_user')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_transfer_mapping_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer_mapping')),
    sa.UniqueConstraint('rollout_id', 'number', name=op.f('uq_transfer_mapping_rollout_id_number'))
    )
    op.create_table('usage_basis',
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('holidays', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_usage_basis_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('rollout_id', name=op.f('pk_usage_basis'))
    )
    op.create_table('usage_day',
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('crm_user', sa.String(length=200), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('events', sa.Integer(), nullable=False),
    sa.Column('active_events', sa.Integer(), nullable=False),
    sa.Column('records', sa.Integer(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.CheckConstraint('events >= 0 AND active_events >= 0 AND records >= 0', name=op.f('ck_usage_day_counted')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_usage_day_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('rollout_id', 'crm_user', 'day', name=op.f('pk_usage_day'))
    )
    with op.batch_alter_table('usage_day', schema=None) as batch_op:
        batch_op.create_index('ix_usage_day_by_day', ['rollout_id', 'day'], unique=False)

    op.create_table('usage_upload',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('files', sa.JSON(), nullable=False),
    sa.Column('tables', sa.JSON(), nullable=True),
    sa.Column('faults', sa.JSON(), nullable=False),
    sa.Column('outcome', sa.JSON(), nullable=True),
    sa.Column('reading_job_id', sa.Integer(), nullable=True),
    sa.Column('taking_job_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_usage_upload_by_id_user')),
    sa.ForeignKeyConstraint(['reading_job_id'], ['job.id'], name=op.f('fk_usage_upload_reading_job_id_job')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_usage_upload_rollout_id_rollout')),
    sa.ForeignKeyConstraint(['taking_job_id'], ['job.id'], name=op.f('fk_usage_upload_taking_job_id_job')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_usage_upload'))
    )
    with op.batch_alter_table('usage_upload', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_usage_upload_rollout_id'), ['rollout_id'], unique=False)

    op.create_table('user_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('crm_user', sa.String(length=200), nullable=False),
    sa.Column('decision', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("decision IN ('count', 'leave_out', 'undecided')", name=op.f('ck_user_decision_decision')),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_user_decision_reason')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_user_decision_by_id_user')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_user_decision_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_decision'))
    )
    with op.batch_alter_table('user_decision', schema=None) as batch_op:
        batch_op.create_index('ix_user_decision_user', ['rollout_id', 'crm_user'], unique=False)

    op.create_table('view_switch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=10), nullable=False),
    sa.Column('is_on', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("side IN ('lead', 'council')", name=op.f('ck_view_switch_side')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_view_switch_by_id_user')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_view_switch_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_view_switch'))
    )
    with op.batch_alter_table('view_switch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_view_switch_rollout_id'), ['rollout_id'], unique=False)

    op.create_table('wave',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('go_live', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_wave_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wave')),
    sa.UniqueConstraint('rollout_id', 'name', name=op.f('uq_wave_rollout_id_name')),
    sa.UniqueConstraint('rollout_id', 'position', name=op.f('uq_wave_rollout_id_position'))
    )
    op.create_table('audit_own_finding',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('audit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('severity', sa.Integer(), nullable=False),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.Column('cause', sa.Text(), nullable=False),
    sa.Column('recommendation', sa.Text(), nullable=False),
    sa.Column('amount_minor_per_year', sa.Integer(), nullable=True),
    sa.Column('calculation', sa.Text(), nullable=False),
    sa.Column('item_id', sa.String(length=120), nullable=False),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("amount_minor_per_year IS NULL OR calculation <> ''", name=op.f('ck_audit_own_finding_calculation')),
    sa.CheckConstraint("kind IN ('finding', 'risk')", name=op.f('ck_audit_own_finding_kind')),
    sa.CheckConstraint('severity BETWEEN 1 AND 4', name=op.f('ck_audit_own_finding_severity')),
    sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_own_finding_audit_id_audit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_own_finding'))
    )
    with op.batch_alter_table('audit_own_finding', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_own_finding_audit_id'), ['audit_id'], unique=False)

    op.create_table('audit_person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('audit_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('link_from_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('link_until_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_person_audit_id_audit')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_audit_person_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_person')),
    sa.UniqueConstraint('audit_id', 'name', name=op.f('uq_audit_person_audit_id_name'))
    )
    op.create_table('gate_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.String(length=20), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('verdict', sa.JSON(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind = 'opened' OR reason <> ''", name=op.f('ck_gate_decision_reason')),
    sa.CheckConstraint("kind IN ('opened', 'before', 'override')", name=op.f('ck_gate_decision_kind')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_gate_decision_by_id_user')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_gate_decision_rollout_id_rollout')),
    sa.ForeignKeyConstraint(['wave_id'], ['wave.id'], name=op.f('fk_gate_decision_wave_id_wave')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gate_decision')),
    sa.UniqueConstraint('wave_id', 'stage', name=op.f('uq_gate_decision_wave_id_stage'))
    )
    with op.batch_alter_table('gate_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gate_decision_rollout_id'), ['rollout_id'], unique=False)

    op.create_table('gate_document',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('wave_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_gate_document_by_id_user')),
    sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_gate_document_criterion_id_criterion')),
    sa.ForeignKeyConstraint(['wave_id'], ['wave.id'], name=op.f('fk_gate_document_wave_id_wave')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gate_document'))
    )
    with op.batch_alter_table('gate_document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_gate_document_criterion_id'), ['criterion_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_gate_document_wave_id'), ['wave_id'], unique=False)

    op.create_table('log_part',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('upload_id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('event_count', sa.Integer(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('is_sessions_only', sa.Boolean(), nullable=False),
    sa.Column('has_clock', sa.Boolean(), nullable=False),
    sa.CheckConstraint('first_day <= last_day', name=op.f('ck_log_part_days')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_log_part_rollout_id_rollout')),
    sa.ForeignKeyConstraint(['upload_id'], ['usage_upload.id'], name=op.f('fk_log_part_upload_id_usage_upload')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_log_part')),
    sa.UniqueConstraint('rollout_id', 'sha256', name=op.f('uq_log_part_rollout_id_sha256'))
    )
    op.create_table('regulation_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('regulation_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('terms', sa.JSON(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('handed_out_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_regulation_version_by_id_user')),
    sa.ForeignKeyConstraint(['regulation_id'], ['regulation.id'], name=op.f('fk_regulation_version_regulation_id_regulation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_regulation_version')),
    sa.UniqueConstraint('regulation_id', 'number', name=op.f('uq_regulation_version_regulation_id_number'))
    )
    op.create_table('team',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('head_id', sa.Integer(), nullable=True),
    sa.Column('wave_id', sa.Integer(), nullable=True),
    sa.Column('meeting_weekday', sa.Integer(), nullable=True),
    sa.Column('meeting_hour', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_team_rollout_id_rollout')),
    sa.ForeignKeyConstraint(['wave_id'], ['wave.id'], name=op.f('fk_team_wave_id_wave')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team')),
    sa.UniqueConstraint('rollout_id', 'name', name=op.f('uq_team_rollout_id_name'))
    )
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_team_wave_id'), ['wave_id'], unique=False)

    op.create_table('transfer_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('mapping_id', sa.Integer(), nullable=False),
    sa.Column('job_id', sa.Integer(), nullable=True),
    sa.Column('engine', sa.String(length=80), nullable=False),
    sa.Column('as_of_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('begun_by_id', sa.Integer(), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('findings_sha256', sa.String(length=64), nullable=True),
    sa.Column('findings', sa.BigInteger(), nullable=False),
    sa.Column('harmful', sa.BigInteger(), nullable=False),
    sa.Column('source_rows', sa.BigInteger(), nullable=False),
    sa.Column('arrived', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('(finished_at IS NULL) = (findings_sha256 IS NULL)', name=op.f('ck_transfer_run_finished')),
    sa.ForeignKeyConstraint(['begun_by_id'], ['user.id'], name=op.f('fk_transfer_run_begun_by_id_user')),
    sa.ForeignKeyConstraint(['mapping_id'], ['transfer_mapping.id'], name=op.f('fk_transfer_run_mapping_id_transfer_mapping')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_transfer_run_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer_run')),
    sa.UniqueConstraint('rollout_id', 'number', name=op.f('uq_transfer_run_rollout_id_number'))
    )
    op.create_table('transfer_table',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('sheet', sa.Text(), nullable=True),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('encoding', sa.String(length=40), nullable=True),
    sa.Column('separator', sa.String(length=8), nullable=True),
    sa.Column('row_count', sa.BigInteger(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('nulls', sa.JSON(), nullable=True),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('sample_sha256', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['file_id'], ['transfer_file.id'], name=op.f('fk_transfer_table_file_id_transfer_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer_table')),
    sa.UniqueConstraint('file_id', 'position', name=op.f('uq_transfer_table_file_id_position'))
    )
    op.create_table('acknowledgement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_acknowledgement_user_id_user')),
    sa.ForeignKeyConstraint(['version_id'], ['regulation_version.id'], name=op.f('fk_acknowledgement_version_id_regulation_version')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_acknowledgement')),
    sa.UniqueConstraint('version_id', 'user_id', name=op.f('uq_acknowledgement_version_id_user_id'))
    )
    op.create_table('audit_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('audit_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.String(length=120), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('typed_in', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_answer_audit_id_audit')),
    sa.ForeignKeyConstraint(['person_id'], ['audit_person.id'], name=op.f('fk_audit_answer_person_id_audit_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_answer')),
    sa.UniqueConstraint('audit_id', 'item_id', 'person_id', name=op.f('uq_audit_answer_audit_id_item_id_person_id'))
    )
    with op.batch_alter_table('audit_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_answer_person_id'), ['person_id'], unique=False)

    op.create_table('audit_evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('audit_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.String(length=120), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size_bytes', sa.Integer(), nullable=False),
    sa.Column('by_name', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['audit_id'], ['audit.id'], name=op.f('fk_audit_evidence_audit_id_audit')),
    sa.ForeignKeyConstraint(['person_id'], ['audit_person.id'], name=op.f('fk_audit_evidence_person_id_audit_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_evidence'))
    )
    with op.batch_alter_table('audit_evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_evidence_audit_id'), ['audit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_evidence_person_id'), ['person_id'], unique=False)

    op.create_table('audit_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('section_key', sa.String(length=80), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['audit_person.id'], name=op.f('fk_audit_request_person_id_audit_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_request')),
    sa.UniqueConstraint('person_id', 'section_key', name=op.f('uq_audit_request_person_id_section_key'))
    )
    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('crm_user', sa.String(length=200), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('role', sa.String(length=80), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('fte', sa.Double(), nullable=False),
    sa.Column('work_days', sa.String(length=7), nullable=False),
    sa.Column('hired', sa.Date(), nullable=True),
    sa.Column('left', sa.Date(), nullable=True),
    sa.Column('is_excluded', sa.Boolean(), nullable=False),
    sa.Column('exclusion_reason', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('fte > 0 AND fte <= 1', name=op.f('ck_person_fte')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_person_rollout_id_rollout')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_person_team_id_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('rollout_id', 'crm_user', name=op.f('uq_person_rollout_id_crm_user')),
    sa.UniqueConstraint('rollout_id', 'number', name=op.f('uq_person_rollout_id_number'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_team_id'), ['team_id'], unique=False)

    op.create_table('transfer_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("kind IN ('explained', 'waived', 'withdrawn')", name=op.f('ck_transfer_decision_kind')),
    sa.CheckConstraint("name <> '' AND reason <> ''", name=op.f('ck_transfer_decision_reason')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_transfer_decision_by_id_user')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_transfer_decision_rollout_id_rollout')),
    sa.ForeignKeyConstraint(['run_id'], ['transfer_run.id'], name=op.f('fk_transfer_decision_run_id_transfer_run')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer_decision'))
    )
    with op.batch_alter_table('transfer_decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_transfer_decision_rollout_id'), ['rollout_id'], unique=False)

    op.create_table('transfer_discrepancy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('table_name', sa.Text(), nullable=False),
    sa.Column('fate', sa.String(length=20), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('findings', sa.BigInteger(), nullable=False),
    sa.Column('is_harmful', sa.Boolean(), nullable=False),
    sa.Column('is_whole', sa.Boolean(), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('column_name', sa.Text(), nullable=False),
    sa.Column('cause_values', sa.JSON(), nullable=False),
    sa.Column('parent_name', sa.Text(), nullable=False),
    sa.Column('of_findings', sa.BigInteger(), nullable=False),
    sa.Column('share_inside', sa.Double(), nullable=False),
    sa.Column('share_outside', sa.Double(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['transfer_run.id'], name=op.f('fk_transfer_discrepancy_run_id_transfer_run')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer_discrepancy')),
    sa.UniqueConstraint('run_id', 'number', name=op.f('uq_transfer_discrepancy_run_id_number'))
    )
    with op.batch_alter_table('transfer_discrepancy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_transfer_discrepancy_fingerprint'), ['fingerprint'], unique=False)

    op.create_table('transfer_run_input',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('side', sa.String(length=6), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('file_name', sa.String(length=255), nullable=False),
    sa.Column('file_sha256', sa.String(length=64), nullable=False),
    sa.Column('table_id', sa.Integer(), nullable=False),
    sa.CheckConstraint("side IN ('source', 'target')", name=op.f('ck_transfer_run_input_side')),
    sa.ForeignKeyConstraint(['run_id'], ['transfer_run.id'], name=op.f('fk_transfer_run_input_run_id_transfer_run')),
    sa.ForeignKeyConstraint(['table_id'], ['transfer_table.id'], name=op.f('fk_transfer_run_input_table_id_transfer_table')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer_run_input')),
    sa.UniqueConstraint('run_id', 'side', 'name', name=op.f('uq_transfer_run_input_run_id_side_name'))
    )
    op.create_table('transfer_run_risk',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('table_name', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=4), nullable=False),
    sa.Column('column_name', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('records', sa.BigInteger(), nullable=False),
    sa.Column('without_value', sa.BigInteger(), nullable=False),
    sa.Column('amount_minor', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("kind IN ('open', 'won', 'by')", name=op.f('ck_transfer_run_risk_kind')),
    sa.ForeignKeyConstraint(['run_id'], ['transfer_run.id'], name=op.f('fk_transfer_run_risk_run_id_transfer_run')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer_run_risk')),
    sa.UniqueConstraint('run_id', 'table_name', 'kind', 'column_name', 'position', name=op.f('uq_transfer_run_risk_run_id_table_name_kind_column_name_position'))
    )
    op.create_table('transfer_run_total',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('table_name', sa.Text(), nullable=False),
    sa.Column('target_name', sa.Text(), nullable=True),
    sa.Column('left_behind', sa.Text(), nullable=False),
    sa.Column('source_rows', sa.BigInteger(), nullable=False),
    sa.Column('target_rows', sa.BigInteger(), nullable=False),
    sa.Column('arrived', sa.BigInteger(), nullable=False),
    sa.Column('unchanged', sa.BigInteger(), nullable=False),
    sa.Column('changed', sa.BigInteger(), nullable=False),
    sa.Column('merged', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['transfer_run.id'], name=op.f('fk_transfer_run_total_run_id_transfer_run')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_transfer_run_total')),
    sa.UniqueConstraint('run_id', 'table_name', name=op.f('uq_transfer_run_total_run_id_table_name'))
    )
    op.create_table('absence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.CheckConstraint('first_day <= last_day', name=op.f('ck_absence_days')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_absence_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_absence')),
    sa.UniqueConstraint('person_id', 'first_day', 'last_day', name=op.f('uq_absence_person_id_first_day_last_day'))
    )
    op.create_table('left_out',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('evaluation_id', sa.Integer(), nullable=False),
    sa.Column('crm_user', sa.String(length=200), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('event_count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['evaluation_id'], ['evaluation.id'], name=op.f('fk_left_out_evaluation_id_evaluation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_left_out_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_left_out')),
    sa.UniqueConstraint('evaluation_id', 'crm_user', name=op.f('uq_left_out_evaluation_id_crm_user'))
    )
    op.create_table('look',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('view', sa.String(length=12), nullable=False),
    sa.Column('page', sa.String(length=120), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_look_by_id_user')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_look_person_id_person')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_look_rollout_id_rollout')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_look'))
    )
    with op.batch_alter_table('look', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_look_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_look_rollout_id'), ['rollout_id'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('rollout_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_membership_person_id_person')),
    sa.ForeignKeyConstraint(['rollout_id'], ['rollout.id'], name=op.f('fk_membership_rollout_id_rollout')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_membership_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('rollout_id', 'user_id', 'role', name=op.f('uq_membership_rollout_id_user_id_role'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_user_id'), ['user_id'], unique=False)

    op.create_table('person_score',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('evaluation_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('pseudonym', sa.String(length=20), nullable=False),
    sa.Column('shown_team', sa.String(length=120), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('usage_score', sa.Float(), nullable=True),
    sa.Column('low_score', sa.Float(), nullable=True),
    sa.Column('high_score', sa.Float(), nullable=True),
    sa.Column('band', sa.String(length=10), nullable=True),
    sa.Column('days_silent', sa.Integer(), nullable=True),
    sa.Column('last_active_day', sa.Date(), nullable=True),
    sa.Column('present_days', sa.Integer(), nullable=False),
    sa.Column('parts', sa.JSON(), nullable=False),
    sa.Column('weeks', sa.JSON(), nullable=False),
    sa.Column('notes', sa.JSON(), nullable=False),
    sa.CheckConstraint("status IN ('scored', 'not_enough_data')", name=op.f('ck_person_score_status')),
    sa.ForeignKeyConstraint(['evaluation_id'], ['evaluation.id'], name=op.f('fk_person_score_evaluation_id_evaluation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_person_score_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_score')),
    sa.UniqueConstraint('evaluation_id', 'person_id', name=op.f('uq_person_score_evaluation_id_person_id'))
    )
    with op.batch_alter_table('person_score', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_score_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.create_foreign_key(batch_op.f('fk_team_head_id_person'), 'person', ['head_id'], ['id'], use_alter=True)



def downgrade() -> None:
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_team_head_id_person'), type_='foreignkey')

    with op.batch_alter_table('person_score', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_score_person_id'))

    op.drop_table('person_score')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_membership_user_id'))

    op.drop_table('membership')
    with op.batch_alter_table('look', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_look_rollout_id'))
        batch_op.drop_index(batch_op.f('ix_look_person_id'))

    op.drop_table('look')
    op.drop_table('left_out')
    op.drop_table('absence')
    op.drop_table('transfer_run_total')
    op.drop_table('transfer_run_risk')
    op.drop_table('transfer_run_input')
    with op.batch_alter_table('transfer_discrepancy', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_transfer_discrepancy_fingerprint'))

    op.drop_table('transfer_discrepancy')
    with op.batch_alter_table('transfer_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_transfer_decision_rollout_id'))

    op.drop_table('transfer_decision')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_team_id'))

    op.drop_table('person')
    op.drop_table('audit_request')
    with op.batch_alter_table('audit_evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_evidence_person_id'))
        batch_op.drop_index(batch_op.f('ix_audit_evidence_audit_id'))

    op.drop_table('audit_evidence')
    with op.batch_alter_table('audit_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_answer_person_id'))

    op.drop_table('audit_answer')
    op.drop_table('acknowledgement')
    op.drop_table('transfer_table')
    op.drop_table('transfer_run')
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_team_wave_id'))

    op.drop_table('team')
    op.drop_table('regulation_version')
    op.drop_table('log_part')
    with op.batch_alter_table('gate_document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gate_document_wave_id'))
        batch_op.drop_index(batch_op.f('ix_gate_document_criterion_id'))

    op.drop_table('gate_document')
    with op.batch_alter_table('gate_decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_gate_decision_rollout_id'))

    op.drop_table('gate_decision')
    op.drop_table('audit_person')
    with op.batch_alter_table('audit_own_finding', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_own_finding_audit_id'))

    op.drop_table('audit_own_finding')
    op.drop_table('wave')
    with op.batch_alter_table('view_switch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_view_switch_rollout_id'))

    op.drop_table('view_switch')
    with op.batch_alter_table('user_decision', schema=None) as batch_op:
        batch_op.drop_index('ix_user_decision_user')

    op.drop_table('user_decision')
    with op.batch_alter_table('usage_upload', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_usage_upload_rollout_id'))

    op.drop_table('usage_upload')
    with op.batch_alter_table('usage_day', schema=None) as batch_op:
        batch_op.drop_index('ix_usage_day_by_day')

    op.drop_table('usage_day')
    op.drop_table('usage_basis')
    op.drop_table('transfer_mapping')
    op.drop_table('transfer_file')
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_task_rollout_id'))
        batch_op.drop_index(batch_op.f('ix_task_owner_id'))

    op.drop_table('task')
    with op.batch_alter_table('signature', schema=None) as batch_op:
        batch_op.drop_index('ix_signature_subject')
        batch_op.drop_index(batch_op.f('ix_signature_rollout_id'))

    op.drop_table('signature')
    with op.batch_alter_table('regulation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_regulation_rollout_id'))

    op.drop_table('regulation')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index('ix_message_subject')

    op.drop_table('message')
    with op.batch_alter_table('link_token', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_link_token_rollout_id'))

    op.drop_table('link_token')
    with op.batch_alter_table('evaluation', schema=None) as batch_op:
        batch_op.drop_index('ix_evaluation_latest')

    op.drop_table('evaluation')
    op.drop_table('criterion')
    op.drop_table('audit')
    with op.batch_alter_table('api_token', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_api_token_rollout_id'))

    op.drop_table('api_token')
    with op.batch_alter_table('aim', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_aim_rollout_id'))

    op.drop_table('aim')
    with op.batch_alter_table('rollout', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rollout_company_id'))

    op.drop_table('rollout')
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_login_session_user_id'))

    op.drop_table('login_session')
    op.drop_table('user')
    op.drop_table('request_key')
    op.drop_table('outbox_mail')
    with op.batch_alter_table('login_attempt', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_login_attempt_subject'))

    op.drop_table('login_attempt')
    with op.batch_alter_table('log_row', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_log_row_rollout_id'))

    op.drop_table('log_row')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_job_state'))
        batch_op.drop_index(batch_op.f('ix_job_rollout_id'))
        batch_op.drop_index(batch_op.f('ix_job_kind'))

    op.drop_table('job')
    op.drop_table('company')
