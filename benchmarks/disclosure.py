"""What readers can compute of random data in the public edition, and how long hard data takes.

`python benchmarks/disclosure.py [SETS] [SEED]` makes sets of random data, hides what the public
edition hides, and lets two readers attack it: one with the pages alone, and on every tenth set one
who runs the program too. `--hard` times large hierarchies, two-way tables and long sums instead.
"""

import random
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from helpers.histories import History, make, random_history
from helpers.program_reader import attack_with_program, small_counts
from helpers.readers import Finding, attack
from helpers.world import Key

from caoan_stats.disclosure import edition

BELOW = 5
EVERY = 10  # of so many sets, one is attacked by a reader who runs the program


def main() -> None:
    """Attack random sets, or time hard ones."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("sets", type=int, nargs="?", default=100)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--hard", action="store_true")
    chosen = parser.parse_args()
    print(f"seed {chosen.seed}")
    if chosen.hard:
        _time_hard(chosen.seed)
    else:
        _attack_sets(chosen.sets, chosen.seed)


def _attack_sets(sets: int, seed: int) -> None:
    counts: Counter[str] = Counter()
    seconds: Counter[str] = Counter()
    chance = random.Random(seed)  # noqa: S311 - no secret
    histories = [random_history(chance.randrange(10**9)) for _ in range(sets)]
    for place, history in enumerate(histories):
        tables = make(history)
        start = time.process_time()
        hidden = edition.choose_hidden(tables, BELOW)
        seconds["hide"] += time.process_time() - start
        counts.update(_hidden(tables, hidden))
        start = time.process_time()
        counts.update(_outcome("pages", attack(tables, hidden)))
        seconds["pages"] += time.process_time() - start
        if place % EVERY == 0:
            start = time.process_time()
            found = attack_with_program(history)
            seconds["program"] += time.process_time() - start
            counts.update(_outcome("program", found.findings))
            counts.update({"tried": found.tried, "differing": found.differing, "sets": 1})
    print(f"sets: {sets}; hiding took {seconds['hide']:.1f} s of processor time")
    share = counts["secondary"] / max(1, counts["figures"])
    print(f"sensitive counts hidden: {counts['primary']}")
    print(f"other figures hidden: {counts['secondary']} of {counts['figures']} ({share:.0%})")
    for name, sets_tried in (("pages", sets), ("program", counts["sets"])):
        found = f"recovered {counts[name + ' recovered']}, narrowed {counts[name + ' narrowed']}"
        print(f"reader with the {name}: {sets_tried} sets, {found}; {seconds[name]:.0f} s")
    print(f"other hidden numbers tried: {counts['tried']}, other choice: {counts['differing']}")


def _hidden(tables: Mapping[str, pd.DataFrame], hidden: Mapping[Key, str]) -> dict[str, int]:
    observed = tables["observations"]
    figures, small = int(observed["value"].notna().sum()), small_counts(tables)
    others = {"secondary": len(hidden.keys() - small), "figures": figures - len(small)}
    return {"primary": len(small & hidden.keys()), **others}


def _outcome(reader: str, findings: list[Finding]) -> Counter[str]:
    return Counter(
        f"{reader} {'recovered' if each.is_recovered else 'narrowed'}" for each in findings
    )


def _time_hard(seed: int) -> None:
    for name, make_history in HARD.items():
        history = make_history(random.Random(seed))  # noqa: S311 - no secret
        tables = make(history)
        figures = len(tables["figures"])
        start, wall = time.process_time(), time.perf_counter()
        hidden = edition.choose_hidden(tables, BELOW)
        spent, waited = time.process_time() - start, time.perf_counter() - wall
        took = f"{spent:.1f} s of processor time, {waited:.1f} s"
        print(f"{name}: {figures} figures, {len(hidden)} hidden, {took}", flush=True)


def _two_way(rows: int, columns: int) -> Callable[[random.Random], History]:
    def make_history(chance: random.Random) -> History:
        numbers = [[chance.randint(0, 30) for _ in range(columns)] for _ in range(rows)]
        values = {f"c{i}_{j}": numbers[i][j] for i in range(rows) for j in range(columns)}
        leaves = [*values]
        relations = [f"r{i},=,{_sum(f'c{i}_{j}' for j in range(columns))}" for i in range(rows)]
        relations += [f"k{j},=,{_sum(f'c{i}_{j}' for i in range(rows))}" for j in range(columns)]
        values |= {f"r{i}": sum(line) for i, line in enumerate(numbers)}
        values |= {f"k{j}": sum(line[j] for line in numbers) for j in range(columns)}
        values["all"] = sum(map(sum, numbers))
        relations += [f"all,=,{_sum(f'r{i}' for i in range(rows))}"]
        relations += [f"all,=,{_sum(f'k{j}' for j in range(columns))}"]
        return _stated(values, {2023: values}, set(leaves), relations)

    return make_history


def _long_sum(chance: random.Random) -> History:
    leaves = {f"c{place}": chance.randint(0, 30) for place in range(240)}
    values = {**leaves, "all": sum(leaves.values())}
    names = [*leaves]  # a side of a relation has at most 125 names
    relation = f"{_sum(names[:120])},=,all - ({_sum(names[120:])})"
    return _stated(values, {2023: values}, set(leaves), [relation])


def _two_long_sums(chance: random.Random) -> History:
    leaves = {f"c{place}": chance.randint(0, 30) for place in range(240)}
    halves = {"one": [*leaves][:120], "two": [*leaves][120:]}
    values = leaves | {code: sum(leaves[part] for part in parts) for code, parts in halves.items()}
    values["all"] = values["one"] + values["two"]
    relations = [f"{code},=,{_sum(parts)}" for code, parts in halves.items()]
    return _stated(values, {2023: values}, set(leaves), [*relations, "all,=,one + two"])


def _hierarchies(chance: random.Random) -> History:
    """Return 300 indicators of 60 years: totals of totals, and shares; one in ten is sensitive."""
    years = range(1964, 2024)
    codes: dict[str, list[str]] = {}  # parts by total; of a leaf none
    shares: dict[str, tuple[str, str]] = {}
    open_codes: list[str] = []
    while len(codes) + len(shares) < 300:
        code = f"n{len(codes)}"
        size = chance.randint(2, 6)
        if len(open_codes) > size and chance.random() < 0.3:
            codes[code] = [open_codes.pop(chance.randrange(len(open_codes))) for _ in range(size)]
            part = chance.choice(codes[code])
            shares |= {f"s{len(shares)}": (part, code)} if chance.random() < 0.6 else {}
        else:
            codes[code] = []
        open_codes.append(code)
    sensitive = {code for code in codes if chance.random() < 0.1}
    values = {}
    for year in years:
        own: dict[str, int | float] = {}
        for code, parts in codes.items():
            most = 12 if code in sensitive else 400
            own[code] = sum(own[part] for part in parts) if parts else chance.randint(0, most)
        for code, (part, whole) in shares.items():
            own[code] = round(100 * own[part] / own[whole], 1) if own[whole] else 0.0
        values[year] = own
    relations = [f"{code},=,{_sum(parts)}" for code, parts in codes.items() if parts]
    relations += [f"{code},=,100 * {part} / {whole}" for code, (part, whole) in shares.items()]
    return _stated([*codes, *shares], values, sensitive, relations)


def _sum(names: Iterable[str]) -> str:
    return " + ".join(names)


def _stated(
    codes: Iterable[str],
    values: Mapping[int, Mapping[str, float]],
    sensitive: set[str],
    relations: list[str],
) -> History:
    kinds = {code: "!" if code in sensitive else "%" if code[0] == "s" else "" for code in codes}
    lines = tuple(
        f"{code} {year} bc{year} value={number}"
        for year, own in values.items()
        for code, number in own.items()
    )
    return History(" ".join(map("".join, kinds.items())), lines, tuple(relations))


HARD: dict[str, Callable[[random.Random], History]] = {
    "300 indicators in 60 years": _hierarchies,
    "a table of 12 x 5": _two_way(12, 5),
    "a table of 20 x 6": _two_way(20, 6),
    "a sum of 240 figures": _long_sum,
    "two sums of 120 figures": _two_long_sums,
}

if __name__ == "__main__":
    main()
