"""Lists of deals as old systems export them, written by hand so that every figure can be counted by eye.

Twelve deals of five clients, as of 30 June 2024: five won (Berta and Dora twice or more), three lost, four open.
"""

from io import BytesIO

HEADER = (
    "Auftrag-Nr",
    "Kunde",
    "Phase",
    "Betrag",
    "Betreuer",
    "Erstellt am",
    "Abgeschlossen am",
    "Verlustgrund",
    "Nächster Schritt",
    "Frist",
)
DEALS = (
    ("A1", "Arndt", "Gewonnen", "1.000,00", "Müller", "01.01.2024", "31.01.2024", "", "", "15.02.2024"),
    ("A2", "Berta", "Gewonnen", "2.000,00", "Müller", "05.01.2024", "15.01.2024", "", "", "10.01.2024"),
    ("A3", "Berta", "Gewonnen", "3.000,00", "Schulz", "01.02.2024", "01.03.2024", "", "", ""),
    ("A4", "Dora", "Gewonnen", "1.500,50", "Schulz", "01.02.2024", "11.02.2024", "", "", ""),
    ("A5", "Dora", "Gewonnen", "2.499,50", "Schulz", "01.03.2024", "21.03.2024", "", "", ""),
    ("A6", "Berta", "Verloren", "4.000,00", "Müller", "01.04.2024", "01.05.2024", "Preis", "", "15.04.2024"),
    ("A7", "Emil", "Verloren", "", "Müller", "01.04.2024", "15.04.2024", "Preis", "", ""),
    ("A8", "", "Verloren", "500,00", "Schulz", "02.04.2024", "12.04.2024", "", "", ""),
    ("A9", "Emil", "Angebot", "6.000,00", "Schulz", "01.05.2024", "", "", "Anruf", "01.06.2024"),
    ("A10", "", "Angebot", "", "Müller", "20.06.2024", "", "", "", ""),
    ("A11", "Frieda", "Qualifizierung", "700,00", "Müller", "10.06.2024", "", "", "Besuch", "10.07.2024"),
    ("A12", "Arndt", "Qualifizierung", "800,00", "Schulz", "25.06.2024", "", "", "", ""),
)  # fmt: skip


def write_list(
    deals: tuple[tuple[str, ...], ...] = DEALS, *, header: tuple[str, ...] = HEADER, encoding: str = "cp1252"
) -> bytes:
    """The list as a German spreadsheet writes it."""
    return "".join(";".join(row) + "\r\n" for row in (header, *deals)).encode(encoding)


def upload(name: str = "Aufträge.csv", content: bytes | None = None) -> tuple[BytesIO, str]:
    """The list as a browser sends it."""
    return BytesIO(write_list() if content is None else content), name
