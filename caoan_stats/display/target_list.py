"""The list of the targets of a year, grouped by section of the plan."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from caoan_stats.common.frames import Row, records
from caoan_stats.common.words import phrase
from caoan_stats.display import sentences, tables
from caoan_stats.display.blocks import Block
from caoan_stats.display.citations import Cite, cite_from
from caoan_stats.display.doubts import spoken
from caoan_stats.display.markup import render


def show_targets(card: pd.DataFrame) -> Block:
    """Return a list of targets, each with its status, figure, change and sections of the source.

    `card` holds rows of `Dataset.scorecard` that have a target.
    """
    groups: dict[tuple[str, str], list[Row]] = {}
    cite = cite_from(card, "source")
    for row in records(card):
        which = "target_" if row["target_section"] else ""
        section = (row[f"{which}source"], row[f"{which}section"])
        groups.setdefault(section, []).append(_target(row, card.attrs, cite))
    html = render("targets", groups=list(groups.values()))
    lines = (_plain(target) for group in groups.values() for target in group)
    return Block(html, spoken("\n".join(lines)))


def _target(row: Row, attrs: Mapping[Any, Any], cite: Cite) -> Row:
    parts = (
        sentences.change_words(row, attrs["year"]),
        sentences.share_of_plan(row),
        sentences.gap(row),
    )
    target, status = tables.target(row), sentences.status_of(row)
    return {
        "label": row["label"],
        "status": "" if sentences.is_told(row) else status,
        "figure": sentences.said(row),
        "said": ", ".join(filter(None, parts)),
        "target": phrase("list.target", target=target) if status.has_target else "",
        "section": phrase("list.section", sections=_sections(row, cite)),
        "source": "; ".join(_titles(row, attrs)),
    }


def _sections(row: Row, cite: Cite) -> str:
    """Return the section of the target and that of the figure."""
    return ", ".join(cite(*place) for place in _places(row))


def _places(row: Row) -> list[tuple[str, str]]:
    places = [(row["target_source"], row["target_section"]), (row["source"], row["section"])]
    return [place for place in dict.fromkeys(places) if place[1]]


def _titles(row: Row, attrs: Mapping[Any, Any]) -> list[str]:
    titles = attrs.get("sources", {})
    codes = dict.fromkeys(source for source, _ in _places(row))
    return [titles[code] for code in codes if code in titles]


def _plain(target: Row) -> str:
    status = target["status"].label if target["status"] else ""
    parts = [status, target["figure"], target["said"]]
    parts += [f"{words[:1].lower()}{words[1:]}" for words in (target["target"], target["section"])]
    return f"{target['label']}: {'; '.join(filter(None, parts))}"
