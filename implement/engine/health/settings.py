"""The thresholds by which old tables are looked through."""

from dataclasses import dataclass

from implement.engine.mapping.writings.writing import BLANK_WORDS


@dataclass(frozen=True)
class HealthSettings:
    """When something about a table is told before it is transferred."""

    required_share: float = 0.5
    """A column filled in at least this share of the rows is taken as one that should be filled."""
    blank_words: frozenset[str] = BLANK_WORDS | {
        "-", "--", "---", "–", "—", ".", "..", "...", "…", "?", "??", "???", "xxx", "n.a.", "tbd", "tba", "unknown",
        "not known", "no data", "unbekannt", "nicht bekannt", "k.a.", "k. a.", "keine angabe", "nieznany", "brak",
        "brak danych", "неизвестно", "нет данных",
    }  # fmt: skip
    blank_word_share: float = 0.5
    """A word that fills at least this share of a column is its content and no blank in disguise."""
    categories: int = 80
    grouping_share: float = 0.1
    """A column of at most this share of distinct values can say where the empty cells of another stand."""
    category_rows: int = 50
    misspelt_share: float = 0.02
    misspelt_times: int = 8
    """A rare value is taken for a slip of one that is this many times as frequent and written much alike."""
    alike: float = 0.84
    least_letters: int = 4
    code_share: float = 0.5
    """Codes of one length in at least this share of a column: shorter ones have lost their leading zeros."""
    figures_share: float = 0.95
    """Below this share of figures a column mixes codes of several kinds, such as the postcodes of many countries."""
    largest_catalogue: int = 5_000
    contact_unique: float = 0.8
    contact_digits: int = 9
    """Phone numbers are compared by their last digits, so that country codes and leading zeros do not matter."""
    block: int = 12
    """Records that share a value with at most so many others are compared pair by pair."""
    spare_bits: float = 3.0
    """How much more two records must share than the two likeliest strangers of the table would."""
    agreeing_share: float = 0.4
    """Two records are one when at least this share of what both say agrees."""
    composite_rows: int = 20
    composite_single: float = 0.9
    """A column of at least this share of distinct values is no part of a key but a key itself."""
    composite_slips: float = 0.1
    """Two columns make up a key when they repeat together at most this often, measured by chance and by the rows."""
    own_id_share: float = 0.9
    id_likeness: float = 0.5
    profiled_values: int = 20_000
    examples: int = 5


DEFAULT_HEALTH_SETTINGS = HealthSettings()
