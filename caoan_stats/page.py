"""What a notebook's cells show of figures: words where there is nothing to draw or to lay out."""

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd
from matplotlib.axes import Axes

from caoan_stats import charts, labels
from caoan_stats.dataset import Dataset
from caoan_stats.display import alt_texts, marks, sentences, tables
from caoan_stats.display.blocks import Block, chart, folded, text
from caoan_stats.display.blocks import table as show
from caoan_stats.display.notes import figure_notes, source_lines
from caoan_stats.display.target_list import show_targets


def results(card: pd.DataFrame, subject: str) -> Block:
    """Say every figure of a year, and which are not known.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.
    subject
        What the rows are of, in Vietnamese, for the case that nothing is known.
    """
    return text([*sentences.results(card), *sentences.missing(card, subject)])


def summary(card: pd.DataFrame) -> Block:
    """Say how the targets of a year stand, and what is missed by how much.

    Parameters
    ----------
    card
        `Dataset.scorecard` of a year.
    """
    return text(sentences.summary(card))


def aims(card: pd.DataFrame) -> Block:
    """Go through the targets of a year one by one: the target, the figure, its status and change.

    Parameters
    ----------
    card
        `Dataset.scorecard` of a year.
    """
    if card.empty:
        return text([f"Chưa có mục tiêu nào cho năm {card.attrs['year']}."])
    return show_targets(card)


def table(card: pd.DataFrame, caption: str) -> Block:
    """Show a scorecard as a table of results; in words where it has no figure and no target.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.
    caption
        The title of the table; the year is added.
    """
    year, told = card.attrs["year"], tables.told(card)
    if told.empty:
        return text([f"Chưa có số liệu và mục tiêu của năm {year} để lập bảng."])
    return show(tables.results(told), f"{caption} năm {year}")


def folded_table(card: pd.DataFrame, caption: str) -> Block:
    """Show what `table` does, only to those who ask for it.

    Parameters
    ----------
    card, caption
        As for `table`.
    """
    shown = table(card, caption)
    return shown if tables.told(card).empty else folded("Xem bảng số liệu", shown)


def plan(card: pd.DataFrame, caption: str) -> Block:
    """Show the targets of a year that is to come.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard` of that year.
    caption
        The title of the table; the year is added.
    """
    year = card.attrs["year"]
    due = card[card["status"] != "no_target"]
    if due.empty:
        return text([f"Chưa có mục tiêu năm {year}."])
    return show(tables.plan(due), f"{caption} năm {year}")


def trend(frame: pd.DataFrame) -> Block:
    """Draw one indicator through the years; in words where there are not two things to compare.

    Parameters
    ----------
    frame
        `Dataset.trend`.
    """
    said = alt_texts.trend(frame)
    marks = int(frame["value"].count() + frame[["lower", "upper"]].notna().any(axis=1).sum())
    if not marks:
        return text([said])
    if marks == 1:
        return text([f"{said[:-1]}; chưa đủ số liệu để vẽ biểu đồ qua các năm."])
    caption = f"{frame.attrs['label']} qua các năm ({frame.attrs['unit']})"
    return chart(partial(charts.trend, frame=frame), 2.9, caption, said)


def bars(card: pd.DataFrame, subject: str) -> Block:
    """Draw the figures of a year side by side; in words where there are not two of them.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`, all of one unit.
    subject
        What the rows are of, in Vietnamese.
    """
    known = card[_known(card)]
    if len(known) < 2:
        return results(card, subject)
    caption = f"{_heading(subject, known)}, năm {card.attrs['year']}"
    said = alt_texts.comparison(known)
    return chart(
        partial(charts.bars, card=known), marks.height(known["label"], 0.55), caption, said
    )


def changes(card: pd.DataFrame, subject: str) -> Block:
    """Draw how figures of one unit moved since the year before; in words where none did.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`, all of one unit.
    subject
        What the rows are of, in Vietnamese.
    """
    return _compared(card, "change", subject, charts.changes, 0.7)


def growth(card: pd.DataFrame, subject: str) -> Block:
    """Draw by how many percent figures moved since the year before; in words where none did.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`, of any units; percentages are left out.
    subject
        What the rows are of, in Vietnamese.
    """
    shares = card[card["unit"] != labels.PERCENT]
    return _compared(shares, "pct_change", subject, charts.growth, 0.55)


def _compared(
    card: pd.DataFrame, by: str, subject: str, draw: Callable[..., Axes], row: float
) -> Block:
    year = card.attrs["year"]
    known = card[card[by].notna()]
    if known.empty:
        return text([f"Chưa có số liệu để so sánh {subject} năm {year} với năm {year - 1}."])
    heading = _heading(subject, known) if by == "change" else _capital(subject)
    caption = f"{heading}, năm {year} so với năm {year - 1}"
    said = alt_texts.changes(known)
    return chart(partial(draw, card=known), marks.height(known["label"], row), caption, said)


def bullets(card: pd.DataFrame, subject: str) -> Block:
    """Draw results against their targets; in words where none of them are both numbers.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`, of any units.
    subject
        What the rows are of, in Vietnamese.
    """
    year = card.attrs["year"]
    known = card[card["value"].notna() & (card["lower"].fillna(card["upper"]) > 0)]
    if known.empty:
        return text([f"Chưa có {subject} nào của năm {year} để so sánh với mục tiêu bằng số."])
    caption = f"{_capital(subject)} năm {year} so với mục tiêu"
    said = " ".join(sentences.results(known))
    return chart(
        partial(charts.bullets, card=known), marks.height(known["label"], 1.0), caption, said
    )


def composition(card: pd.DataFrame, total: str) -> Block:
    """Draw what a total consists of; in words where a part is not known.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard` that hold the total and its parts.
    total
        An indicator that a relation gives as a sum.
    """
    codes = card.attrs["parts"][total]
    parts, label = card.loc[list(codes)], str(card.at[total, "label"])
    if parts["value"].isna().any() or not parts["value"].gt(0).any():
        return results(card.loc[[total, *codes]], label)
    caption = f"Cơ cấu {label[0].lower()}{label[1:]}, năm {card.attrs['year']}"
    said = alt_texts.composition(card.loc[total], parts)
    draw = partial(charts.composition, card=parts)
    return chart(draw, charts.composition_height(parts), caption, said)


def flow(card: pd.DataFrame, sources: Sequence[str], outcomes: Sequence[str]) -> Block:
    """Draw what came in and what became of it; in words where one side is not known.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`, all of one unit.
    sources, outcomes
        Indicators of what came in, and of what became of it.
    """
    sides = [card.loc[list(codes)] for codes in (sources, outcomes)]
    if any(side["value"].isna().any() or not side["value"].gt(0).any() for side in sides):
        return results(pd.concat(sides), "nguồn và kết quả")
    drawn = [side[side["value"] > 0] for side in sides]
    caption = f"Từ tiếp nhận đến kết quả, năm {card.attrs['year']} ({card['unit'].iloc[0]})"
    said = alt_texts.flow(*sides)
    draw = partial(charts.flow, sources=drawn[0], outcomes=drawn[1])
    return chart(draw, 3.8, caption, said)


def notes(ds: Dataset, card: pd.DataFrame) -> Block:
    """Say what a reader has to know of the figures of a scorecard, and where they come from.

    Parameters
    ----------
    ds
        The data that the scorecard is from.
    card
        Rows of `Dataset.scorecard`.
    """
    return text(figure_notes(card, ds.observations, ds.notes, ds.audit(), ds.sources))


def sources(ds: Dataset, year: int) -> Block:
    """Name the documents that the figures of a year come from.

    Parameters
    ----------
    ds
        The data.
    year
        The year.
    """
    used = ds.observations.loc[ds.observations["year"] == year, "source"]
    said = source_lines(ds.sources, dict.fromkeys(used))
    return text(said or [f"Chưa có nguồn nào cho năm {year}."])


def _known(card: pd.DataFrame) -> pd.Series:
    return card["value"].notna() | (card["hidden"] != "")


def _heading(subject: str, card: pd.DataFrame) -> str:
    return f"{_capital(subject)} ({card['unit'].iloc[0]})"


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
