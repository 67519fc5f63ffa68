"""Mapping: propose how the source became the target, let a person edit it, read it back."""

from implement.engine.mapping.checking import check_mapping, columns_there, find_unknown
from implement.engine.mapping.plain import MappingFault, mapping_from_plain, mapping_to_plain
from implement.engine.mapping.plan import (
    LISTED,
    TABLE,
    Also,
    ColumnMapping,
    Joined,
    LookedUp,
    Mapping,
    Reference,
    TableMapping,
    Writing,
)
from implement.engine.mapping.propose import propose_mapping
from implement.engine.mapping.settings import DEFAULT_MAPPING_SETTINGS, MappingSettings
from implement.engine.mapping.tables.together import hold_together, locate
from implement.engine.mapping.writings.id_lists import cut_list, read_ids
from implement.engine.mapping.yaml_file import (
    mapping_from_bytes,
    mapping_from_yaml,
    mapping_to_yaml,
    read_mapping,
    write_mapping,
)

__all__ = [
    "DEFAULT_MAPPING_SETTINGS",
    "LISTED",
    "TABLE",
    "Also",
    "ColumnMapping",
    "Joined",
    "LookedUp",
    "Mapping",
    "MappingFault",
    "MappingSettings",
    "Reference",
    "TableMapping",
    "Writing",
    "check_mapping",
    "columns_there",
    "cut_list",
    "find_unknown",
    "hold_together",
    "locate",
    "mapping_from_bytes",
    "mapping_from_plain",
    "mapping_from_yaml",
    "mapping_to_plain",
    "mapping_to_yaml",
    "propose_mapping",
    "read_ids",
    "read_mapping",
    "write_mapping",
]
