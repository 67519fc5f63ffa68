"""Tables as benches print them."""

import os
from collections.abc import Sequence


def describe_machine() -> str:
    """Cores and memory of this machine, all that is said of it, and how busy it was."""
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return f"{os.cpu_count()} cores, {memory_gb:.0f} GB, load {os.getloadavg()[0]:.1f}"


def print_table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their header, the first column to the left, figures to the right."""
    widths = [max(len(line[place]) for line in (header, *rows)) for place in range(len(header))]
    print(f"\n\n{title} ({describe_machine()})")
    for first, *figures in (header, *rows):
        cells = (cell.rjust(width) for cell, width in zip(figures, widths[1:], strict=True))
        print("  ".join((first.ljust(widths[0]), *cells)))
