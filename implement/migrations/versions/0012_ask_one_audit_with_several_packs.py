"""ask one audit with several packs, and keep a consultancy's own.

Revision ID: 0012
Follows: 0011

On the way back an audit keeps its first pack; answers, files and requests of its other packs go.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOVE_PACKS = """
INSERT INTO audit_pack (audit_id, pack_key, version, file_sha256, pack_hash, at)
SELECT id, pack_key, pack_version, pack_file_sha256, pack_hash, begun_at FROM audit ORDER BY id
"""
NAME_SECTIONS = """
UPDATE audit_request SET section_key = (
    SELECT audit_pack.pack_key || '.' || audit_request.section_key FROM audit_person
    JOIN audit_pack ON audit_pack.audit_id = audit_person.audit_id WHERE audit_person.id = audit_request.person_id)
"""
FIRST_PACK = "SELECT {column} FROM audit_pack WHERE audit_pack.audit_id = {audit} ORDER BY audit_pack.id LIMIT 1"
AUDIT_OF_PERSON = "(SELECT audit_id FROM audit_person WHERE audit_person.id = {table}.person_id)"
OLD_COLUMNS = {
    "pack_key": "pack_key",
    "pack_version": "version",
    "pack_file_sha256": "file_sha256",
    "pack_hash": "pack_hash",
}
LENGTHS = {"pack_key": 80, "pack_version": 20, "pack_file_sha256": 64, "pack_hash": 64}


def upgrade() -> None:
    _make_table("audit_pack", sa.Column("audit_id", sa.Integer(), nullable=False), *_pack_columns(), sa.ForeignKeyConstraint(
        ["audit_id"], ["audit.id"], name=op.f("fk_audit_pack_audit_id_audit")),
        sa.UniqueConstraint("audit_id", "pack_key", name=op.f("uq_audit_pack_audit_id_pack_key")),
    )  # fmt: skip
    _make_table("audit_own_pack", *_pack_columns(), sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("pack_key", "version", name=op.f("uq_audit_own_pack_pack_key_version")),
    )  # fmt: skip
    op.execute(MOVE_PACKS)
    with op.batch_alter_table("audit_request") as batch:
        batch.alter_column("section_key", type_=sa.String(length=160), existing_type=sa.String(length=80))
    op.execute(NAME_SECTIONS)
    with op.batch_alter_table("audit") as batch:
        batch.drop_constraint(op.f("uq_audit_rollout_id_pack_key"), type_="unique")
        for name in OLD_COLUMNS:
            batch.drop_column(name)
        batch.create_unique_constraint(op.f("uq_audit_rollout_id"), ["rollout_id"])


def downgrade() -> None:
    with op.batch_alter_table("audit") as batch:
        batch.drop_constraint(op.f("uq_audit_rollout_id"), type_="unique")
        for name, length in LENGTHS.items():
            batch.add_column(sa.Column(name, sa.String(length=length), nullable=True))
    for name, column in OLD_COLUMNS.items():
        op.execute(f"UPDATE audit SET {name} = ({FIRST_PACK.format(column=column, audit='audit.id')})")
    _forget_other_packs()
    with op.batch_alter_table("audit") as batch:
        for name, length in LENGTHS.items():
            batch.alter_column(name, nullable=False, existing_type=sa.String(length=length))
        batch.create_unique_constraint(op.f("uq_audit_rollout_id_pack_key"), ["rollout_id", "pack_key"])
    with op.batch_alter_table("audit_request") as batch:
        batch.alter_column("section_key", type_=sa.String(length=80), existing_type=sa.String(length=160))
    op.drop_table("audit_own_pack")
    op.drop_table("audit_pack")


def _pack_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("pack_key", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("pack_hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    ]


def _make_table(name: str, *parts: sa.Column[object] | sa.Constraint) -> None:
    key = sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}"))
    op.create_table(name, sa.Column("id", sa.Integer(), nullable=False), *parts, key)


def _forget_other_packs() -> None:
    for table in ("audit_answer", "audit_evidence"):
        first = FIRST_PACK.format(column="pack_key", audit=f"{table}.audit_id")
        op.execute(f"DELETE FROM {table} WHERE item_id NOT LIKE ({first}) || '.%'")
    first = FIRST_PACK.format(column="pack_key", audit=AUDIT_OF_PERSON.format(table="audit_request"))
    op.execute(f"DELETE FROM audit_request WHERE section_key NOT LIKE ({first}) || '.%'")
    op.execute(f"UPDATE audit_request SET section_key = substr(section_key, length(({first})) + 2)")
