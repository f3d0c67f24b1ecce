"""How many errors of one digit the audit finds, and how many false alarms it gives.

Every digit of every stated number that the audit can compare (a value in a relation, or a change
or share of the plan beside a stated figure) is replaced by every other digit, one at a time. A
change is found where the audit then reports a contradiction that is not acknowledged, or an
acknowledged one that no longer occurs.
"""

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from caoan_stats.common.frames import Row, records
from caoan_stats.concepts.facts import FACTS
from caoan_stats.datafolder.find import find_data
from caoan_stats.datafolder.processed import load_tables
from caoan_stats.relations import audit, derive, documents, figures, filling, formulas
from caoan_stats.relations.relation import parse_relations


def main() -> None:
    """Change every digit, and print how many of the changes the audit finds."""
    tables = load_tables(find_data())
    relations = parse_relations(records(tables["relations"]))
    dates = documents.dates_of(records(tables["sources"]))
    planned = documents.planned_targets(records(tables["targets"]), dates).values()
    acknowledged, facts = records(tables["acknowledged"]), records(tables["facts"])
    reasons = audit.acknowledged_rows(acknowledged)

    def alarms(changed: list[Row]) -> bool:
        stated = derive.make_statement({**tables, "facts": pd.DataFrame(changed)})
        targets = figures.target_figures(planned, stated.catalogue)
        known = filling.fill(stated, relations, targets)
        rows = audit.audit_relations(stated, relations, known, reasons)
        new = any(row["status"] == "broken" and not row["acknowledged"] for row in rows)
        return new or bool(audit.stale_rows(acknowledged, rows))

    related = {formulas.indicator_of(name) for each in relations for name in each.names}
    stated = {
        (row["indicator"], row["year"])
        for row in records(tables["figures"])
        if row["status"] == "stated"
    }
    numbers = [row for row in facts if row["value"] is not None]
    found = {
        (row["indicator"], row["year"], row["fact"]): [
            alarms([changed if each is row else each for each in facts])
            for changed in _changes(row)
        ]
        for row in numbers
        if (row["fact"] == "value" and row["indicator"] in related)
        or (FACTS[row["fact"]].base and _base(row) in stated)
    }
    count, total = sum(map(sum, found.values())), sum(map(len, found.values()))
    by_number = sum(sum(each) / len(each) for each in found.values()) / len(found)
    unseen = sorted(
        {f"{code} ({fact})" for (code, _, fact), each in found.items() if not any(each)}
    )
    print(f"stated numbers: {len(numbers)}, comparable: {len(found)}")
    print(f"one-digit changes: {total}, found: {count} ({count / total:.1%})")
    print(f"the same, each number counted alike: {by_number:.1%}")
    print(f"false alarms on the untouched data: {int(alarms(list(facts)))}")
    print(f"numbers in which no change is found: {', '.join(unseen)}")


def _base(row: Row) -> figures.Key:
    return filling.base_key(row["indicator"], row["year"], row["fact"])


def _changes(row: Row) -> Iterator[Row]:
    """Yield a fact with each digit replaced by each other digit."""
    text = str(row["value"])
    for place, digit in enumerate(text):
        for other in "0123456789" if digit.isdigit() else "":
            if other != digit:
                yield {**row, "value": Decimal(text[:place] + other + text[place + 1 :])}


if __name__ == "__main__":
    main()
