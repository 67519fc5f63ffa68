"""How much intake takes in before it refuses."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class IntakeLimits:
    """Upper limits on one source; what exceeds them is a fault, never a crash."""

    file_bytes: int = 20_000 * MEBIBYTE
    unpacked_bytes: int = 20_000 * MEBIBYTE
    archive_bytes: int = 50 * MEBIBYTE
    archive_unpacked_bytes: int = 500 * MEBIBYTE
    archive_members: int = 200
    packing_ratio: int = 100
    ratio_from_bytes: int = 32 * MEBIBYTE
    rows: int = 50_000_000
    columns: int = 16_384
    cell_length: int = 1_000_000
    sheet_cells: int = 80_000_000
    json_bytes: int = 1_000 * MEBIBYTE
    faults_listed: int = 100
    sample_rows: int = 10_000
    sample_cells: int = 200_000
    batch_cells: int = 200_000
    child_memory_mb: int = 3_072
    child_seconds: int = 600


DEFAULT_LIMITS = IntakeLimits()
UPLOAD_LIMITS = IntakeLimits(file_bytes=2_000 * MEBIBYTE, unpacked_bytes=4_000 * MEBIBYTE, json_bytes=200 * MEBIBYTE)
"""For files sent in by browser, read in a child process."""
