"""Secondary suppression without the engine: for each hidden number the cheapest other numbers that can move with it.

For each direction in which a hidden number must stay open, a linear program finds the least costly way to move it and still keep
every sum; what moves is hidden too (Kelly, Golden and Assad 1992 and what followed). Not the best, but there is always an answer
where one exists. Used where Tau-Argus gives none.
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, hstack

from reports.protection.argus import Problem
from reports.protection.linked import Spot

MOVED = 1e-7


def complement(problem: Problem) -> frozenset[Spot]:
    """What is to be hidden besides. A number that cannot be kept open at all is left to the attacker to find."""
    order = list(problem.counts)
    sums = _matrix(problem, order)
    hidden = set(problem.needs) | problem.free
    for each in sorted(problem.needs, key=lambda spot: (problem.counts[spot], spot)):
        down, up = problem.needs[each]
        for amount in (up, -min(down, problem.counts[each])):
            if amount:
                hidden |= _moved(problem, order, sums, hidden, each, amount)
    return frozenset(hidden - problem.needs.keys() - problem.free)


def _matrix(problem: Problem, order: Sequence[Spot]) -> csr_matrix:
    """The sums, once for what goes up and once for what goes down."""
    place = {each: number for number, each in enumerate(order)}
    rows = [row for row, equation in enumerate(problem.equations) for _ in equation]
    columns = [place[each] for equation in problem.equations for each, _ in equation]
    signs = [sign for equation in problem.equations for _, sign in equation]
    up = csr_matrix((signs, (rows, columns)), shape=(len(problem.equations), len(order)))
    return hstack([up, -up]).tocsr()


def _moved(problem: Problem, order: Sequence[Spot], sums: csr_matrix, hidden: set[Spot], moved: Spot, amount: int) -> set[Spot]:
    counts = np.array([problem.counts[each] for each in order], dtype=float)
    cost = np.array([0.001 if each in hidden else 1 + problem.counts[each] for each in order], dtype=float)
    free = np.array([each not in problem.fixed for each in order])
    up = np.where(free, np.inf, 0.0)
    down = np.where(free, counts, 0.0)
    low = np.zeros(2 * len(order))
    high = np.concatenate([up, down])
    at = order.index(moved)
    low[at] = high[at] = max(amount, 0)
    low[len(order) + at] = high[len(order) + at] = max(-amount, 0)
    solved = linprog(
        np.concatenate([cost, cost]),
        A_eq=sums,
        b_eq=np.zeros(sums.shape[0]),
        bounds=np.column_stack([low, high]),
        method="highs",
    )
    if solved.status:
        return set()
    change = solved.x[: len(order)] + solved.x[len(order) :]
    return {each for each, by in zip(order, change, strict=True) if by > MOVED}
