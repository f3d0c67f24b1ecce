"""How many errors of one digit the audit finds, and how many false alarms it gives.

Every digit of every stated figure that takes part in a relation is replaced by every other digit,
one at a time. A change is found where the audit then reports a contradiction that is not
acknowledged, or an acknowledged one that no longer occurs.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from caoan_stats.common.frames import records
from caoan_stats.datafolder import raw
from caoan_stats.datafolder.find import find_data
from caoan_stats.relations import audit, derive, figures, filling, formulas
from caoan_stats.relations.figures import Key, Statement
from caoan_stats.relations.relation import parse_relations


def main() -> None:
    """Change every digit, and print how many of the changes the audit finds."""
    tables = raw.read_tables(find_data())
    stated = derive.read_statement(tables)
    relations = parse_relations(records(tables["relations"]))
    bounds = figures.target_bounds(tables["targets"])
    acknowledged = records(tables["acknowledged"])
    reasons = audit.acknowledged_reasons(acknowledged)

    def alarms(statement: Statement) -> bool:
        known = filling.fill(statement, relations, bounds)
        rows = audit.audit_relations(statement, relations, known, reasons)
        new = any(row["status"] == "broken" and not row["acknowledged"] for row in rows)
        return new or bool(audit.stale_rows(acknowledged, rows))

    related = {formulas.indicator_of(name) for each in relations for name in each.names}
    keys = [key for key, row in stated.rows.items() if row["value"] is not None]
    found = {
        key: [alarms(changed) for changed in _changes(stated, key)]
        for key in keys
        if key[0] in related
    }
    count, total = sum(map(sum, found.values())), sum(map(len, found.values()))
    by_figure = sum(sum(each) / len(each) for each in found.values()) / len(found)
    unseen = sorted(indicator for (indicator, _), each in found.items() if not any(each))
    print(f"stated figures: {len(keys)}, in a relation: {len(found)}")
    print(f"one-digit changes: {total}, found: {count} ({count / total:.1%})")
    print(f"the same, each figure counted alike: {by_figure:.1%}")
    print(f"false alarms on the untouched data: {int(alarms(stated))}")
    print(f"figures in which no change is found: {', '.join(unseen)}")


def _changes(stated: Statement, key: Key) -> Iterator[Statement]:
    """Yield the statement with each digit of one figure replaced by each other digit."""
    row = stated.rows[key]
    text = str(row["value"])
    for place, digit in enumerate(text):
        for other in "0123456789" if digit.isdigit() else "":
            if other != digit:
                value = Decimal(text[:place] + other + text[place + 1 :])
                yield replace(stated, rows={**stated.rows, key: {**row, "value": value}})


if __name__ == "__main__":
    main()
