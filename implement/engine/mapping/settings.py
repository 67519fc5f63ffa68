"""The thresholds by which a mapping is proposed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MappingSettings:
    """How much is looked at and how sure a proposal must be."""

    whole_rows: int = 6_000
    """Tables up to this size are looked at whole, larger ones through samples."""
    sample_rows: int = 5_000
    least_sample: int = 2_000
    """A sample that intake set aside is used when it has so many rows."""
    aligned_rows: int = 2_000
    sketch_values: int = 4_000
    longest_sketched: int = 60
    """Longer texts are no keys; they are compared on matched rows only."""
    unique_share: float = 0.9
    key_overlap: float = 0.25
    key_support: float = 0.35
    likely_support: float = 0.2
    """Rows matched by long common ends need less of it: such ends are hardly ever the same by accident."""
    table_score: float = 0.3
    column_score: float = 0.3
    same_name: float = 0.9
    kind_share: float = 0.9
    reference_share: float = 0.8
    reference_overlap: float = 0.5
    rewritten_share: float = 0.5
    map_share: float = 0.85
    map_majority: float = 0.75
    """So much of a replacement must be seen where single records hold what stands for another value."""
    map_rows: int = 5
    map_values: int = 400


DEFAULT_MAPPING_SETTINGS = MappingSettings()
