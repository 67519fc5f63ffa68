"""Mapping: propose how the source became the target, let a person edit it, read it back.

From top to bottom, each asking only what stands below it:

    propose, one_table          the whole mapping, and that of one table
    tables/                     which table became which: alone, united, divided, moved into one of its own
    relations/                  which columns name records of other tables, and by whose ids
    keys/                       which columns name records, and by which the rows of both sides belong together
    columns/                    which column became which, and what became of its values
    looking/                    what tables and columns look like, and rows that belong together
    yaml_file, checking, plain  the mapping as a file or plain lists, and what it names that is not there
    writings/                   how a value is written, and what one side writes otherwise
    plan, names, settings       what a mapping says, how alike names are, the thresholds
"""

from implement.engine.mapping.checking import check_mapping, columns_there, find_unknown
from implement.engine.mapping.composite import (
    compared_parts,
    hold_composites,
    hold_source,
    is_composite,
    parts_of,
    put_together,
    write_apart,
)
from implement.engine.mapping.plain import MappingFault, find_lists, mapping_from_plain, mapping_to_plain
from implement.engine.mapping.plan import (
    DATE,
    LISTED,
    LOOSE,
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
from implement.engine.mapping.relations.look_ups import read_look_ups
from implement.engine.mapping.settings import DEFAULT_MAPPING_SETTINGS, MappingSettings
from implement.engine.mapping.tables.together import hold_together, locate
from implement.engine.mapping.writings.beginnings import beginnings_from_text, beginnings_to_text
from implement.engine.mapping.writings.id_lists import cut_list, is_list, read_ids
from implement.engine.mapping.writings.zones import ZONES, is_zone
from implement.engine.mapping.yaml_file import (
    mapping_from_bytes,
    mapping_from_yaml,
    mapping_to_yaml,
    read_mapping,
    write_mapping,
)

__all__ = [
    "DATE",
    "DEFAULT_MAPPING_SETTINGS",
    "LISTED",
    "LOOSE",
    "TABLE",
    "ZONES",
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
    "beginnings_from_text",
    "beginnings_to_text",
    "check_mapping",
    "columns_there",
    "compared_parts",
    "cut_list",
    "find_lists",
    "find_unknown",
    "hold_composites",
    "hold_source",
    "hold_together",
    "is_composite",
    "is_list",
    "is_zone",
    "locate",
    "mapping_from_bytes",
    "mapping_from_plain",
    "mapping_from_yaml",
    "mapping_to_plain",
    "mapping_to_yaml",
    "parts_of",
    "propose_mapping",
    "put_together",
    "read_ids",
    "read_look_ups",
    "read_mapping",
    "write_apart",
    "write_mapping",
]
