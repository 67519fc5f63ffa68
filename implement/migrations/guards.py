"""Rows that are never edited: triggers with which the database itself refuses to change or delete them.

They are taken off before migrations and put back after them, because SQLite rebuilds a table to change it.
"""

from sqlalchemy import Connection, inspect

EVERY_COLUMN = ()
FROZEN: dict[str, tuple[str, ...]] = {
    "acknowledgement": EVERY_COLUMN,
    "gate_decision": EVERY_COLUMN,
    "log_row": EVERY_COLUMN,
    "look": EVERY_COLUMN,
    "meeting_minutes": EVERY_COLUMN,
    "pay_step": EVERY_COLUMN,
    "regulation_version": ("regulation_id", "number", "text", "sha256", "terms", "valid_from", "by_id", "at"),
    "reward_grant": EVERY_COLUMN,
    "signature": EVERY_COLUMN,
    "transfer_case_step": EVERY_COLUMN,
    "variable_pay": EVERY_COLUMN,
    "view_switch": EVERY_COLUMN,
}
DISPOSABLE = {"look": ("at", 90), "reward_grant": ("at", 90)}
"""Rows that may go when they are so many days old, by the column of their instant."""
REFUSAL = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is never edited', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$
"""


def put_on_guards(connection: Connection) -> None:
    """Guard every frozen table that exists."""
    is_postgres = connection.dialect.name == "postgresql"
    if is_postgres:
        connection.exec_driver_sql(REFUSAL.replace("%", "%%"))
    for table in _present(connection):
        for occasion, event in _occasions(table, is_postgres=is_postgres):
            connection.exec_driver_sql(_write_trigger(table, occasion, event, is_postgres=is_postgres))


def take_off_guards(connection: Connection) -> None:
    """Let migrations change frozen tables, too."""
    is_postgres = connection.dialect.name == "postgresql"
    for table in _present(connection):
        for occasion, _ in _occasions(table, is_postgres=is_postgres):
            place = f' ON "{table}"' if is_postgres else ""
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_name(table, occasion)}{place}")
    if is_postgres:
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS refuse_change()")


def _present(connection: Connection) -> list[str]:
    return sorted(FROZEN.keys() & set(inspect(connection).get_table_names()))


def _occasions(table: str, *, is_postgres: bool) -> list[tuple[str, str]]:
    columns = ", ".join(f'"{column}"' for column in FROZEN[table])
    update = f"UPDATE OF {columns}" if columns else "UPDATE"
    emptied = [("truncate", "TRUNCATE")] if is_postgres else []
    return [("update", update), ("delete", "DELETE"), *emptied]


def _write_trigger(table: str, occasion: str, event: str, *, is_postgres: bool) -> str:
    head = f'CREATE TRIGGER {_name(table, occasion)} BEFORE {event} ON "{table}"'
    when = _write_condition(table, is_postgres=is_postgres) if occasion == "delete" else ""
    if is_postgres:
        each = "STATEMENT" if occasion == "truncate" else "ROW"
        return f"{head} FOR EACH {each} {when} EXECUTE FUNCTION refuse_change()"
    return f"{head} {when} BEGIN SELECT RAISE(ABORT, '{table} is never edited'); END"


def _write_condition(table: str, *, is_postgres: bool) -> str:
    """Only young rows are held where old ones may be disposed of."""
    if table not in DISPOSABLE:
        return ""
    column, days = DISPOSABLE[table]
    ago = f"now() - interval '{days} days'" if is_postgres else f"datetime('now', '-{days} days')"
    return f'WHEN (OLD."{column}" > {ago})'


def _name(table: str, occasion: str) -> str:
    return f"keep_{table}_{occasion}"
