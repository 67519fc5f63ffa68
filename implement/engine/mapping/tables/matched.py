"""Which target table holds what a source table held."""

from collections.abc import Mapping

from implement.engine.mapping.columns.assignment import pair_off
from implement.engine.mapping.columns.evidence import Evidence, weigh_columns
from implement.engine.mapping.columns.overlap import contained, telling
from implement.engine.mapping.looking.profile import ColumnProfile
from implement.engine.mapping.looking.table_profile import TableProfile
from implement.engine.mapping.names import name_similarity
from implement.engine.mapping.plan import TEXT
from implement.engine.mapping.settings import MappingSettings
from implement.engine.mapping.tables.sides import Side

LEAST_OF_SAME_NAME = 0.3
"""Tables of the same name are each other's counterparts where nothing else is."""
LEAST_OF_CLEAREST = 0.15
CLEARLY_MORE = 2.0
"""So many times the score of any other pair of either table makes a pair of little likeness certain."""

ONLY_REFERRED = 0.8
"""So much codes count where one table owns them and the other refers by them to records of a third."""
Names = frozenset[str]


def match_tables(source: Side, target: Side, settings: MappingSettings) -> tuple[dict[str, str], dict[str, float]]:
    """Pair source with target tables; returns the pairs and how sure each is."""
    sources, targets = source.profiles, target.profiles
    scores = {
        (name, other): score_tables(sources[name], targets[other], (source.foreign[name], target.foreign[other]))
        for name in sources
        for other in targets
    }
    least = 0.05 if len(sources) == 1 and len(targets) == 1 else settings.table_score
    pairs = pair_off(scores, least)
    pairs |= _match_clearest(scores, pairs)
    return pairs, {source: round(min(1.0, scores[source, target]), 3) for source, target in pairs.items()}


def _match_clearest(scores: Mapping[tuple[str, str], float], pairs: Mapping[str, str]) -> dict[str, str]:
    """Tables left over that resemble each other little, but far more than either resembles any other."""
    taken = set(pairs.values())
    left = {pair: score for pair, score in scores.items() if pair[0] not in pairs and pair[1] not in taken}
    found = {}
    for (source, target), score in left.items():
        rivals = [other for pair, other in scores.items() if (pair[0] == source) != (pair[1] == target)]
        if score >= LEAST_OF_CLEAREST and score >= CLEARLY_MORE * max(rivals, default=0.0):
            found[source] = target
    return found


def score_tables(
    source: TableProfile, target: TableProfile, foreign: tuple[Names, Names] = (frozenset(), frozenset())
) -> float:
    """Compare two tables by name and by how many of their columns find a counterpart."""
    names = name_similarity(source.table.name, target.table.name)
    evidence = weigh_columns(source, target, None)
    pairs = pair_off({pair: one.score for pair, one in evidence.items()}, 0.3)
    weights = {name: 0.5 + telling(column, source) / 8 for name, column in source.columns.items()}
    others = {name: 0.5 + telling(column, target) / 8 for name, column in target.columns.items()}
    gained = sum(evidence[pair].score * evidence_of_values(evidence[pair]) * weights[pair[0]] for pair in pairs.items())
    gained_other = sum(evidence[p].score * evidence_of_values(evidence[p]) * others[p[1]] for p in pairs.items())
    columns = max(gained / sum(weights.values()), gained_other / max(0.1, sum(others.values()))) if pairs else 0.0
    columns = max(columns, 0.7 * _same_codes(source, target, foreign))
    return max(0.25 * names + 0.75 * columns, LEAST_OF_SAME_NAME if names == 1.0 else 0.0)


def _same_codes(source: TableProfile, target: TableProfile, foreign: tuple[Names, Names]) -> float:
    """How far both hold the same telling texts, each but once: such as mail addresses or codes.

    A table that only refers to the records stands back behind the one whose own codes they are.
    """
    ones, others = ([c for c in table.columns.values() if _is_telling(c, table)] for table in (source, target))
    return max(
        (
            min(contained(a, b), contained(b, a)) * _owned(a.name in foreign[0], b.name in foreign[1])
            for a in ones
            for b in others
        ),
        default=0.0,
    )


def _owned(refers: bool, refers_there: bool) -> float:
    return 1.0 if refers == refers_there else ONLY_REFERRED


def _is_telling(column: ColumnProfile, table: TableProfile) -> bool:
    return column.kind == TEXT and column.unique >= 0.8 and column.filled >= 0.5 and telling(column, table) >= 4


def evidence_of_values(evidence: Evidence) -> float:
    """How much a pair of columns counts for its tables: values weigh more than names."""
    return 0.4 + 0.6 * evidence.values


def match_by_parents(
    sources: Mapping[str, frozenset[str]], targets: Mapping[str, frozenset[str]], names: Mapping[str, str]
) -> dict[str, str]:
    """Tables left over that name records of the same two or more parents, where no other does: junction tables."""
    taken = set(names.values())
    found: dict[str, str] = {}
    for source, parents in sorted(sources.items()):
        there = {names.get(parent, "") for parent in parents}
        alike = [target for target, others in targets.items() if target not in taken and others == there]
        if source not in names and len(there) > 1 and "" not in there and len(alike) == 1:
            found[source] = alike[0]
            taken.add(alike[0])
    return found
