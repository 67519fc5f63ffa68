"""Regulations and agreements: versioned texts, handed out, acknowledged by each person for exactly that version (M113);
written and approved in the room of regulations.
"""

from implement.rollout.service.regulations.acknowledging import (
    BoundPerson,
    acknowledge,
    count_without_account,
    has_acknowledged,
    list_acknowledged,
    list_bound,
    list_newest,
    list_not_acknowledged,
    list_waiting,
)
from implement.rollout.service.regulations.versions import (
    BASE_PROTECTION,
    CALLS_COUNTED,
    VersionRow,
    begin_regulation,
    covers_calls,
    covers_looks,
    find_version_before,
    get_regulation,
    get_version,
    hand_out,
    list_in_force,
    list_versions,
    version_in_force,
    write_content,
    write_regulation,
    write_version,
)
from implement.rollout.tables import Regulation, RegulationVersion

__all__ = [
    "BASE_PROTECTION",
    "CALLS_COUNTED",
    "BoundPerson",
    "Regulation",
    "RegulationVersion",
    "VersionRow",
    "acknowledge",
    "begin_regulation",
    "count_without_account",
    "covers_calls",
    "covers_looks",
    "find_version_before",
    "get_regulation",
    "get_version",
    "hand_out",
    "has_acknowledged",
    "list_acknowledged",
    "list_bound",
    "list_in_force",
    "list_newest",
    "list_not_acknowledged",
    "list_versions",
    "list_waiting",
    "version_in_force",
    "write_content",
    "write_regulation",
    "write_version",
]
