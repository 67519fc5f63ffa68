"""One's own figures as files."""

import csv
import io
import json
from collections.abc import Mapping

from flask import current_app
from flask.typing import ResponseReturnValue

from implement.jobs import Plain

FIRST_COLUMNS = ("day", "events", "active_events", "records")


def write_json(own: Mapping[str, Plain]) -> str:
    """Everything, readable by people and programs."""
    return json.dumps(own, ensure_ascii=False, indent=1)


def write_csv(own: Mapping[str, Plain]) -> str:
    """The days, one row each; only days and counts, so no cell can be a formula."""
    kept = own["days"]
    days = [row for row in kept if isinstance(row, dict)] if isinstance(kept, list) else []
    others = sorted({name for row in days for name in row} - set(FIRST_COLUMNS))
    text = io.StringIO()
    writer = csv.DictWriter(text, [*FIRST_COLUMNS, *others], restval=0, lineterminator="\n")
    writer.writeheader()
    writer.writerows(days)
    return text.getvalue()


def send(content: str, mimetype: str, name: str) -> ResponseReturnValue:
    """The file as a download."""
    response = current_app.response_class(content, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
