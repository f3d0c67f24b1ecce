"""How many errors of one digit the audit finds, and how many false alarms it gives.

Every digit of every stated figure that takes part in a relation is replaced by every other digit,
one at a time. A change is found where the audit then tells of a contradiction that nobody has
acknowledged, or of an acknowledged one that is gone. Run it with

    .venv/bin/python benchmarks/audit_power.py
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from caoan_stats.common.frames import records
from caoan_stats.datafolder import raw
from caoan_stats.datafolder.find import find_data
from caoan_stats.relations import audit, derive, figures, filling, formulas
from caoan_stats.relations.figures import Statement
from caoan_stats.relations.relation import names, parse_relations


def main() -> None:
    """Change every digit, and print what the audit makes of it."""
    tables = raw.read_tables(find_data())
    stated = derive.read_statement(tables)
    truths = parse_relations(records(tables["relations"]))
    bounds = figures.target_bounds(tables["targets"])
    reasons = records(tables["acknowledged"])

    def alarms(statement: Statement) -> bool:
        known = filling.fill(statement, truths, bounds)
        rows = audit.audit_relations(statement, truths, known, audit.acknowledged_reasons(reasons))
        new = any(row["status"] == "broken" and not row["acknowledged"] for row in rows)
        return new or bool(audit.stale_rows(reasons, rows))

    related = {formulas.indicator_of(name) for relation in truths for name in names}
    keys = [key for key, row in stated.rows.items() if row["value"] is not None]
    found = {
        key: [alarms(changed) for changed in _changed(stated, key)]
        for key in keys
        if key[0] in related
    }
    every = [told for shares in found.values() for told in shares]
    by_figure = sum(sum(shares) / len(shares) for shares in found.values()) / len(found)
    unseen = sorted(code for (code, _), shares in found.items() if not any(shares))
    print(f"stated figures: {len(keys)}, in a relation: {len(found)}")
    print(f"one-digit changes: {len(every)}, found: {sum(every)} ({sum(every) / len(every):.1%})")
    print(f"the same, each figure counted alike: {by_figure:.1%}")
    print(f"false alarms on the untouched data: {int(alarms(stated))}")
    print(f"figures in which no change is found: {', '.join(unseen)}")


def _changed(stated: Statement, key: figures.Key) -> Iterator[Statement]:
    """Give the statement with each digit of one figure replaced by each other digit."""
    row = stated.rows[key]
    text = str(row["value"])
    for place, digit in enumerate(text):
        for other in "0123456789" if digit.isdigit() else "":
            if other != digit:
                value = Decimal(text[:place] + other + text[place + 1 :])
                yield replace(stated, rows={**stated.rows, key: {**row, "value": value}})


if __name__ == "__main__":
    main()
