"""Tables of the public edition: without small sensitive counts and figures that disclose them."""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from caoan_stats.common.errors import DataError, InvalidDataError
from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.concepts.facts import DIRECTION, PLAN, PREVIOUS, compared_years, formulas
from caoan_stats.disclosure import texts
from caoan_stats.disclosure.reader import connected
from caoan_stats.relations import derive
from caoan_stats.relations.derive import Tables
from caoan_stats.relations.figures import Key
from caoan_stats.relations.formulas import indicator_of, parse
from caoan_stats.relations.relation import parse_relations

if TYPE_CHECKING:
    from caoan_stats.disclosure.year import Year

logger = logging.getLogger(__name__)
HIDDEN = "hidden"
COMPARISONS = {DIRECTION, PREVIOUS, *formulas(PREVIOUS, PLAN)}  # right sides of two years

Hidden = Mapping[Key, str]  # marks


def choose_hidden(tables: Tables, below: int, earlier: Collection[Key] = ()) -> dict[Key, str]:
    """Return the mark shown in place of each figure that the public edition hides.

    `tables` are those of `caoan_stats.datafolder.processed.load_tables`. Hidden are sensitive
    counts from 1 to under `below`, with the mark `<5`, and figures from which one could be
    computed, with the mark `ẩn`. `earlier` are figures that an earlier edition hid, which stay
    hidden. Raises `InvalidDataError` if no figures satisfy the relations.
    """
    from caoan_stats.disclosure.suppression import CONCEALED  # HiGHS is slow to import
    from caoan_stats.disclosure.years import read_years

    years, carried = read_years(tables, below)
    near = _near_sensitive(tables)
    outdated = {key for key, inputs in carried.items() if key in inputs and key[0] in near}
    always = {*earlier, *outdated}
    marks: dict[Key, str] = {}
    stale = {*years}
    while stale:
        for number in sorted(stale):
            names = {name for name, of in always if of == number}
            chosen = _choose(number, years[number].hiding(names))
            marks |= {(name, number): mark for name, mark in chosen.items()}
        more = {key for key, inputs in carried.items() if inputs & marks.keys()} - marks.keys()
        always |= more
        stale = {number for _, number in more}
    computed = (key for key, inputs in carried.items() if inputs & marks.keys())
    marks |= dict.fromkeys(computed, CONCEALED)  # `<5` would tell of the other year
    shown = {(row["indicator"], row["year"]) for row in records(tables["observations"])}
    return {key: marks[key] for key in sorted(marks) if key in shown or "." in key[0]}


def _choose(number: int, year: "Year") -> dict[str, str]:
    """Return the marks of a year; log that more is hidden where the search takes too long."""
    from caoan_stats.disclosure.solver import Effort
    from caoan_stats.disclosure.suppression import InfeasibleError, choose_marks

    effort = Effort()
    try:
        marks = choose_marks(year, effort)
    except InfeasibleError as error:
        details = {"year": number, "relations": "; ".join(error.formulas)}
        raise InvalidDataError(
            [DataError("infeasible", "relations.csv", details=details)]
        ) from error
    if effort.is_spent:
        logger.warning(phrase("edition.too_large", year=number))
    return marks


def conceal(tables: Tables, hidden: Hidden) -> Tables:
    """Return the tables of the public edition, without `hidden` figures and what discloses them.

    A hidden figure of `observations` has the value None, and its mark in the new column `hidden`;
    "" where it is shown. `figures` and `facts` lack hidden figures, the facts of these, and those
    that compare another figure with one; `facts` also lacks older statements of all figures that
    relations connect with a sensitive one. `acknowledged` lacks the contradictions of hidden
    figures. A relation with a hidden figure has the status `not_checkable` in `audit`, and no
    numbers; a comparison with one has no row. Texts that may state a count are left out
    (`caoan_stats.disclosure.texts`).
    """
    concealed = {
        **tables,
        "facts": _facts(tables, hidden),
        "figures": _figures(tables["figures"], hidden, {*hidden, *_older(tables)}),
        "observations": _observations(tables["observations"], hidden),
        "acknowledged": _acknowledged(tables["acknowledged"], hidden),
        "audit": _audit(tables["audit"], hidden, _older(tables)),
    }
    return texts.withhold(concealed, _related(tables, hidden))


def _facts(tables: Tables, hidden: Hidden) -> pd.DataFrame:
    """Return the facts that neither state nor disclose a hidden figure."""
    rows, newest = records(tables["facts"]), derive.make_statement(tables).facts
    near = _near_sensitive(tables)

    def is_shown(row: Row) -> bool:
        code, year, fact = row["indicator"], row["year"], row["fact"]
        used = newest.get((code, year, fact))
        is_older = used is None or used["source"] != row["source"]
        if is_older and code in near:
            return False
        return not any((code, each) in hidden for each in (year, *compared_years(fact, year)))

    return tables["facts"].loc[[is_shown(row) for row in rows]]


def _near_sensitive(tables: Tables) -> set[str]:
    """Return the sensitive indicators, and all that relations connect with one."""
    sensitive = {row["indicator"] for row in records(tables["indicators"]) if row["sensitive"]}
    links = ({*each.names} for each in parse_relations(records(tables["relations"])))
    return set[str]().union(*(each for each in connected(links, sensitive) if each & sensitive))


def _older(tables: Tables) -> set[tuple[str, int]]:
    """Return the sensitive figures that several documents state."""
    sensitive = {row["indicator"] for row in records(tables["indicators"]) if row["sensitive"]}
    documents: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in records(tables["facts"]):
        if row["indicator"] in sensitive:
            documents[row["indicator"], row["year"]].add(row["source"])
    return {key for key, sources in documents.items() if len(sources) > 1}


def _related(tables: Tables, hidden: Collection[Key]) -> set[Key]:
    """Return hidden figures, and those in a relation with one."""
    relations = parse_relations(records(tables["relations"]))
    return {*hidden} | {
        (name, year)
        for code, year in hidden
        for relation in relations
        if code in relation.names
        for name in relation.names
    }


def _figures(frame: pd.DataFrame, hidden: Hidden, unclear: Collection[Key]) -> pd.DataFrame:
    """Return the figures that are not hidden, nor a plan that follows from one of `unclear`."""
    keys = zip(frame["indicator"], frame["year"], frame["status"], strict=True)
    return frame.loc[
        [
            (name, year) not in hidden
            and (status == "stated" or (indicator_of(name), year) not in unclear or "." not in name)
            for name, year, status in keys
        ]
    ]


def _observations(observations: pd.DataFrame, hidden: Hidden) -> pd.DataFrame:
    keys = zip(observations["indicator"], observations["year"], strict=True)
    marks = pd.Series([hidden.get(key, "") for key in keys], index=observations.index, dtype="str")
    is_shown = marks == ""
    return observations.assign(
        value=observations["value"].where(is_shown, None),
        qualifier=observations["qualifier"].where(is_shown, ""),
        hidden=marks,
    )


def _acknowledged(frame: pd.DataFrame, hidden: Hidden) -> pd.DataFrame:
    """Return the acknowledged contradictions without those of a hidden figure."""
    names = [
        {indicator_of(name) for side in ("left", "right") for name in parse(row[side]).names}
        for row in records(frame)
    ]
    pairs = zip(records(frame), names, strict=True)
    return frame.loc[
        [not _uses({**row, "indicators": ", ".join(codes)}, hidden) for row, codes in pairs]
    ]


def _audit(audit: pd.DataFrame, hidden: Hidden, older: Collection[Key]) -> pd.DataFrame:
    """Return the audit with every check of a hidden figure as not checkable, without numbers.

    A stated change of a hidden figure, and a plan that an older statement of a sensitive figure
    gives, are left out.
    """
    numbers = dict.fromkeys(("stated", "computed", "lower", "upper", "gap"))
    concealed = {
        **numbers,
        "qualifier": "",
        "status": "not_checkable",
        "reason": HIDDEN,
        "acknowledged": "",
    }
    rows = [
        {**row, **concealed} if _uses(row, hidden) else row
        for row in records(audit)
        # a direction is told by the label; whether a change is checked at all, by older statements
        if row["right"] not in COMPARISONS or not _uses(row, hidden)
        if not ("." in row["left"] and (row["indicators"], row["year"]) in older)
    ]
    return pd.DataFrame(rows, columns=audit.columns).astype(audit.dtypes.to_dict())


def _uses(row: Row, hidden: Hidden) -> bool:
    """Return whether a check uses a hidden figure; a stated change uses those of two years."""
    steps = (0, -1, 1) if row["right"] in COMPARISONS else (0,)
    codes = row["indicators"].split(", ")
    return any((code, row["year"] + step) in hidden for code in codes for step in steps)
