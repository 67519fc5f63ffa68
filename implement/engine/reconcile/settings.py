"""The thresholds by which the fate of a record is decided."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReconcileSettings:
    """How alike records must be to count as one, and when a difference belongs to the whole column."""

    sample_rows: int = 5_000
    whole_rows: int = 5_000
    """Tables up to this size are searched whole for twins, larger ones by selective values."""
    block_rows: int = 30
    """A value shared by more rows than this brings no candidates by itself."""
    candidates: int = 8
    """So many candidates are compared cell by cell: those that share most."""
    same_share: float = 0.5
    """Agreeing bits among comparable bits from which two records are one."""
    same_bits: float = 3.0
    """Bits beyond the logarithm of the candidates that must agree."""
    foreign_share: float = 0.2
    """Below this share of agreeing bits an equal key is a coincidence."""
    foreign_bits: float = 8.0
    foreign_fields: int = 3
    """So many contradicting fields and hardly an agreeing one: the key was given to another record."""
    twin_share: float = 0.75
    twin_bits: float = 6.0
    naming_slack: float = 3.0
    naming_share: float = 0.55
    """A twin shares one text field of almost as many bits as the table, or two of this share of them."""
    once_rows: int = 3
    once_share: float = 0.9
    """So many lost records, and such a share of all that have a namesake, show that the target keeps one of each."""
    fetch_share: float = 0.45
    """Fields of so many of the table's bits are searched for twins in large tables."""
    near_share: float = 0.6
    """What a damaged but recognisable cell counts for, compared with an equal one."""
    whole_column: float = 0.5
    map_rows: int = 5
    renamed_rows: int = 2
    """So often a value must have become the other in a column of which each other value was renamed one to one."""
    map_holds: float = 0.9
    """Where a map is known for so many of the records, a value seen once alone has its own counterpart too."""
    map_share: float = 0.95


DEFAULT_RECONCILE_SETTINGS = ReconcileSettings()
