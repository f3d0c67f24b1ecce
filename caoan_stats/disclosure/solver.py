"""Questions to HiGHS: which values an unknown can have, and what moves with it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import inf

import highspy
import numpy as np

from caoan_stats.disclosure.reader import Puzzle, Row
from caoan_stats.relations.intervals import Bound, is_infinite

NODE_LIMIT = 1000  # of the search for one solution; a limit of time would not be reproducible
MOVED = 1e-7  # what moves by less does not move

Bounds = tuple[float, float]


class _Silent(highspy.Highs):
    """HiGHS without its greeting, which it prints when callbacks are enabled."""

    def enableCallbacks(self) -> None:  # noqa: N802
        self.silent()


class Solver:
    """A puzzle that is asked for one solution after another."""

    def __init__(self, puzzle: Puzzle) -> None:
        self._bounds = {
            name: (_number(each.bounds.lower), _number(each.bounds.upper))
            for name, each in puzzle.unknowns.items()
        }
        self._places = {name: place for place, name in enumerate(puzzle.unknowns)}
        self._model = _model(self._bounds, puzzle.rows)
        whole = [self._places[name] for name, each in puzzle.unknowns.items() if each.is_whole]
        kinds = np.full(len(whole), highspy.HighsVarType.kInteger)
        self._model.changeColsIntegrality(len(whole), np.array(whole, dtype=np.int32), kinds)

    def solution(self, name: str, lower: float, upper: float) -> Mapping[str, float] | None:
        """Return numbers of which that of one unknown is between two ends, in place of its bounds.

        The result is None if there are none, and empty if none is found within `NODE_LIMIT`.
        """
        self._model.changeColBounds(self._places[name], lower, upper)
        self._model.run()
        status, found = self._model.getModelStatus(), self._model.getSolution()
        self._model.changeColBounds(self._places[name], *self._bounds[name])
        if status == highspy.HighsModelStatus.kOptimal:
            return dict(zip(self._places, found.col_value, strict=True))
        return None if status == highspy.HighsModelStatus.kInfeasible else {}

    def can_be(self, name: str, lower: float, upper: float) -> bool:
        """Return whether it is found that an unknown can be between two ends, within its bounds."""
        least, most = self._bounds[name]
        ends = max(lower, least), min(upper, most)
        return ends[0] <= ends[1] and bool(self.solution(name, *ends))


def excluded_values(
    puzzle: Puzzle, wanted: Mapping[str, Collection[int]], *, is_proven: bool = False
) -> Iterator[tuple[str, int]]:
    """Yield each unknown with each of the `wanted` values that it is not found to have.

    If `is_proven`, only those are yielded that it cannot have. The bounds of an unknown do not
    count for its own values.
    """
    for part in puzzle.parts:
        names = wanted.keys() & part.unknowns.keys()
        if not names or not part.rows:
            continue
        solver, seen = Solver(part), set[tuple[str, int]]()
        for name in sorted(names):
            for value in wanted[name]:
                if (name, value) in seen:
                    continue
                solution = solver.solution(name, value, value)
                if solution is None or not (solution or is_proven):
                    yield name, value
                if solution:
                    seen |= {(each, round(solution[each])) for each in names}


def cheapest_move(
    rows: Sequence[Row], costs: Mapping[str, float], name: str, still: Collection[str]
) -> set[str]:
    """Return what moves where `name` moves by 1, all rows stay true and `still` does not move.

    It is what costs least: the sum of moves times their costs. Empty where nothing can move.
    """
    bounds = {
        f"{way}{each}": (0.0, 0.0 if each in still else inf) for each in costs for way in "+-"
    }
    bounds |= {f"+{name}": (1.0, 1.0), f"-{name}": (0.0, 0.0)}
    signs = {"+": 1, "-": -1}
    moves = [
        Row(
            {
                f"{way}{each}": sign * factor
                for each, factor in row.factors.items()
                for way, sign in signs.items()
            },
            0,
            0,
        )
        for row in rows
    ]
    model = _model(bounds, moves)
    prices = np.array([costs[each[1:]] for each in bounds])
    model.changeColsCost(len(bounds), np.arange(len(bounds), dtype=np.int32), prices)
    model.run()
    if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return set()
    found = zip(bounds, model.getSolution().col_value, strict=True)
    return {each[1:] for each, move in found if move > MOVED} - {name}


def _model(bounds: Mapping[str, Bounds], rows: Iterable[Row]) -> highspy.Highs:
    """Return a model of HiGHS; each row is divided by its largest factor."""
    model = _Silent()  # type: ignore[no-untyped-call]
    for option, value in (("threads", 1), ("mip_max_nodes", NODE_LIMIT)):
        model.setOptionValue(option, value)
    lower, upper = np.array([*bounds.values()]).reshape(-1, 2).T
    model.addVars(len(bounds), lower, upper)
    places = {name: place for place, name in enumerate(bounds)}
    for row in rows:
        scale = max(abs(factor) for factor in row.factors.values())
        index = np.array([places[name] for name in row.factors], dtype=np.int32)
        factors = np.array([float(factor / scale) for factor in row.factors.values()])
        ends = _number(row.lower, scale), _number(row.upper, scale)
        model.addRow(*ends, len(index), index, factors)
    return model


def _number(bound: Bound, scale: Bound = Fraction(1)) -> float:
    return float(bound) if is_infinite(bound) else float(bound / scale)
