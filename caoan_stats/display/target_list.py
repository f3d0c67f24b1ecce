"""The targets of a year one by one, those of one section of the plan together."""

import pandas as pd

from caoan_stats import labels
from caoan_stats.display import sentences, tables
from caoan_stats.display.blocks import Block
from caoan_stats.display.markup import render


def show_targets(card: pd.DataFrame) -> Block:
    """Show for each target what was stated, how it stands, how it changed, and where to look.

    Parameters
    ----------
    card
        `Dataset.scorecard` of a year, all targets.
    """
    year, titles = card.attrs["year"], card.attrs.get("sources", {})
    aims: dict[str, list[dict[str, str]]] = {}
    for _, row in card.iterrows():
        aims.setdefault(row["target_section"], []).append(_told(row, year, titles))
    html = render("targets", aims=list(aims.values()))
    return Block(html, "\n".join(_plain(each) for group in aims.values() for each in group))


def _told(row: tables.Row, year: int, titles: dict[str, str]) -> dict[str, str]:
    known = pd.notna(row["value"]) or row["hidden"]
    change = "" if pd.isna(row["change"]) else sentences.moved(row, year)
    sections = dict.fromkeys((row["target_section"], row["section"]))
    return {
        "label": row["label"],
        "status": row["status"],
        "sign": labels.STATUSES[row["status"]],
        "figure": sentences.figure(row) if known else "",
        "said": ", ".join(filter(None, (change, sentences.gap(row)))),
        "target": tables.target(row),
        "section": ", ".join(sections),
        "source": titles.get(row["source"], ""),
    }


def _plain(told: dict[str, str]) -> str:
    parts = [f"{told['label']}: {told['sign']}", told["figure"], told["said"]]
    parts += [f"mục tiêu: {told['target']}", f"mục {told['section']}"]
    return "; ".join(filter(None, parts))
