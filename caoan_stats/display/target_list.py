"""The list of the targets of a year, grouped by section of the plan."""

from collections.abc import Mapping
from math import isnan
from typing import Any

import pandas as pd

from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.concepts.statuses import STATUSES
from caoan_stats.display import sentences, tables
from caoan_stats.display.blocks import Block
from caoan_stats.display.markup import render


def show_targets(card: pd.DataFrame) -> Block:
    """Return a list of targets, each with its status, figure, change and sections of the source.

    `card` holds rows of `Dataset.scorecard` that have a target.
    """
    groups: dict[str, list[Row]] = {}
    for row in records(card):
        groups.setdefault(row["target_section"], []).append(_target(row, card.attrs))
    html = render("targets", groups=list(groups.values()))
    return Block(html, "\n".join(_plain(target) for group in groups.values() for target in group))


def _target(row: Row, attrs: Mapping[Any, Any]) -> Row:
    has_figure = row["hidden"] or not isnan(row["value"])
    change = "" if isnan(row["change"]) else sentences.change_words(row, attrs["year"])
    sections = ", ".join(dict.fromkeys((row["target_section"], row["section"])))
    return {
        "label": row["label"],
        "status": STATUSES[row["status"]],
        "figure": sentences.figure(row) if has_figure else "",
        "said": ", ".join(filter(None, (change, sentences.gap(row)))),
        "target": phrase("list.target", target=tables.target(row)),
        "section": phrase("list.section", sections=sections),
        "source": attrs.get("sources", {}).get(row["source"], ""),
    }


def _plain(target: Row) -> str:
    parts = [f"{target['label']}: {target['status'].label}", target["figure"], target["said"]]
    parts += [f"{words[0].lower()}{words[1:]}" for words in (target["target"], target["section"])]
    return "; ".join(filter(None, parts))
