"""Blocks of figures for notebooks: charts and tables, or sentences where one would be empty."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from caoan_stats import charts, labels
from caoan_stats.common.frames import records
from caoan_stats.common.words import phrase
from caoan_stats.concepts.qualifiers import QUALIFIERS
from caoan_stats.dataset import Dataset
from caoan_stats.display import alt_texts, marks, sentences, tables, timeline
from caoan_stats.display import lead as lead_of
from caoan_stats.display.arguments import checked
from caoan_stats.display.blocks import Block, chart, definitions, joined, nothing, text
from caoan_stats.display.blocks import notes as show_notes
from caoan_stats.display.blocks import table as show
from caoan_stats.display.chart_data import of_card, of_trend
from caoan_stats.display.explanations import explained
from caoan_stats.display.figures import show_figure
from caoan_stats.display.frames import show_frame
from caoan_stats.display.notes import Note, figure_notes, source_lines
from caoan_stats.display.ratio_table import ratio_table
from caoan_stats.display.target_list import show_targets

FEWEST_BARS, FEWEST_CHANGES = 3, 2  # fewer are told better by the table


@checked
def lead(ds: Dataset, year: int | str, tables: str | Sequence[str] | None = None) -> Block:
    """Return what a page says first: a sentence, tiles of what matters, and what explains it.

    Of a year without results it is a sentence with its first targets.

    Parameters
    ----------
    ds
        Dataset of the figures.
    year
        Year of the figures, as an integer or in digits.
    tables
        Name of one table or of several. None: the main aims and all that has a target.
    """
    card = ds.scorecard(year, tables)
    known = card.index[sentences.have_results(card)]
    if known.empty:
        return lead_of.show_plan(card) or nothing(phrase("lead.none", year=year))
    found = ds.findings(year, tables)
    ranked = found[found["kind"] != "acknowledged"]["indicator"]
    order = dict.fromkeys([*(code for code in ranked if code in known), *known])
    codes = sorted(order, key=lambda code: bool(card.at[code, "derived"]))  # stated figures first
    series = {code: ds.trend(code) for code in codes[: lead_of.SHOWN]}
    disputed = card.index[["disputed" in doubts for doubts in card["doubts"]]]
    explainable = {*ds.explained(year)} - {*disputed}
    why = explained([ds.explain(code, year) for code in series if code in explainable])
    counts = sentences.summary(card)[:1] if tables is None else []
    return lead_of.show_lead(card, codes, series, [*counts, *why[: lead_of.WHY]])


@checked
def results(card: pd.DataFrame, subject: str) -> Block:
    """Return a sentence for each figure of a year, then a sentence on missing figures.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.
    subject
        Topic of the rows, in Vietnamese; used in the sentence on missing figures.
    """
    known, unknown = sentences.results(card), sentences.missing(card, subject)
    if known:
        return text([*known, *unknown])
    return nothing(phrase("missing.all", year=card.attrs["year"], subject=subject))


@checked
def summary(card: pd.DataFrame) -> Block:
    """Return how many targets of a year have each status, then each that is reached or missed.

    Parameters
    ----------
    card
        `Dataset.scorecard` of a year.
    """
    return text(sentences.summary(card))


@checked
def aims(card: pd.DataFrame) -> Block:
    """Return a list of the targets of a year, each with its status, figure, change and section.

    Before there are results, it is a table of what each target needs, as `plan` returns it.

    Parameters
    ----------
    card
        `Dataset.scorecard` of a year.
    """
    if card.empty:
        return nothing(phrase("target.none_in_year", year=card.attrs["year"]))
    if not sentences.have_results(card).any():
        return plan(card, phrase("page.planned"))
    return show_targets(card)


@checked
def table(card: pd.DataFrame, caption: str) -> Block:
    """Return a table of results; a sentence if there is no figure and no target.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`.
    caption
        Title of the table, without the year.
    """
    year, rows = card.attrs["year"], tables.filled_rows(card)
    if not sentences.have_results(rows).any():
        return nothing(phrase("page.no_rows", year=year))
    return show(tables.results(rows), phrase("page.caption", caption=caption, year=year))


@checked
def plan(card: pd.DataFrame, caption: str) -> Block:
    """Return a table of the targets of a coming year; a sentence if there are none.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard` of that year.
    caption
        Title of the table, without the year.
    """
    year = card.attrs["year"]
    planned = card[tables.has_target(card)]
    if planned.empty:
        return nothing(phrase("page.no_plan", year=year))
    return show(tables.plan(planned), phrase("page.caption", caption=caption, year=year))


@checked
def trend(frame: pd.DataFrame) -> Block:
    """Return a chart of one indicator by year; a sentence for fewer than two comparable figures.

    Parameters
    ----------
    frame
        `Dataset.trend` of the indicator.
    """
    said = alt_texts.trend(frame)
    years = timeline.drawn_years(frame)
    if frame["value"].count() < 2:
        return nothing(said)
    if timeline.is_slope(years) and timeline.has_break(years):
        return text([said])
    caption = phrase("page.trend", label=frame.attrs["label"], unit=frame.attrs["unit"])
    draw = partial(charts.trend, frame=frame)
    return chart(draw, timeline.height(years), caption, said, of_trend(frame))


@checked
def bars(card: pd.DataFrame, subject: str) -> Block:
    """Return a bar chart of the figures of a year; sentences for fewer than three figures.

    Where one is part of another by a relation, sentences tell its share of that whole.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`, all of one unit.
    subject
        Topic of the rows, in Vietnamese.
    """
    known, wholes = card[_known(card)], card.attrs.get("wholes", {})
    if any({*known.index} & {*wholes.get(code, ())} for code in known.index):
        return text(alt_texts.parts_of_wholes(known))
    if len(known) < FEWEST_BARS:
        return results(card, subject)
    caption = phrase("page.of_year", title=_heading(subject, known), year=card.attrs["year"])
    said = alt_texts.comparison(known)
    draw, height = partial(charts.bars, card=known), marks.height(known["label"], 0.55)
    return chart(draw, height, caption, said, of_card(known))


@checked
def changes(card: pd.DataFrame, subject: str) -> Block:
    """Return a chart of changes since the year before; sentences for fewer than two changes.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`, all of one unit.
    subject
        Topic of the rows, in Vietnamese.
    """
    year = card.attrs["year"]
    known = card[card[["value", "previous", "change"]].notna().all(axis=1)]
    if known.empty:
        return nothing(phrase("page.no_changes", subject=subject, year=year, before=year - 1))
    if len(known) < FEWEST_CHANGES:
        return results(known, subject)
    title = _heading(subject, known)
    caption = phrase("page.compared", title=title, year=year, before=year - 1)
    draw, height = partial(charts.changes, card=known), marks.height(known["label"], 0.7)
    return chart(draw, height, caption, alt_texts.changes(known), of_card(known))


@checked
def composition(card: pd.DataFrame, total: str) -> Block:
    """Return a chart of the parts of a total; sentences where they have no shares of one whole.

    A part without a value, or an open one such as "over 80", has no share; nor have parts of
    several units, or parts that are all zero. Shares are of the total if it is stated.

    A total that no relation gives as a sum is told alone.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard` that hold the total and its parts.
    total
        Code of an indicator that is the sum of others in a relation.
    """
    codes = card.attrs["parts"].get(total, ())
    shown = _rows(card, [total, *codes])
    if shown.empty:
        return nothing(phrase("lead.none", year=card.attrs["year"]))
    parts = shown.drop(index=total, errors="ignore")
    total_name = labels.inside(str(shown["label"].iloc[0]))
    if len(shown) <= len(codes) or not _have_shares(parts) or len({*parts["unit"]}) > 1:
        return results(shown, total_name)
    caption = phrase("page.composition", total=total_name, year=card.attrs["year"])
    [row] = records(card.loc[[total]])
    is_stated = row["value"] > 0 and QUALIFIERS[row["qualifier"]].is_bounded
    whole = row["value"] if is_stated else parts["value"].sum()
    said = alt_texts.composition(row, parts, whole)
    draw = partial(charts.composition, card=parts, whole=whole)
    return chart(draw, charts.composition_height(parts), caption, said, of_card(parts))


@checked
def flow(card: pd.DataFrame, sources: Sequence[str], outcomes: Sequence[str]) -> Block:
    """Return a Sankey diagram; sentences if a side has only zeros, or a figure without a share.

    Parameters
    ----------
    card
        Rows of `Dataset.scorecard`, all of one unit.
    sources, outcomes
        Codes of the indicators on the left and on the right.
    """
    sides = [_rows(card, codes) for codes in (sources, outcomes)]
    is_whole = len(sides[0]) + len(sides[1]) == len(sources) + len(outcomes)
    if not (is_whole and all(map(_have_shares, sides))):
        return results(pd.concat(sides), phrase("page.sides"))
    drawn = [side[side["value"] > 0] for side in sides]
    caption = phrase("page.flow", year=card.attrs["year"], unit=card["unit"].iloc[0])
    said = alt_texts.flow(*sides)
    draw = partial(charts.flow, sources=drawn[0], outcomes=drawn[1])
    return chart(draw, charts.flow_height(*drawn), caption, said, of_card(*sides))


@checked
def notes(ds: Dataset, card: pd.DataFrame, *others: pd.DataFrame) -> Block:
    """Return the notes, contradictions, derivations and sources of all that a page shows.

    The marks of doubtful figures on the page link to their notes. The definitions of the indicators
    that have a figure or a target are folded below.

    Parameters
    ----------
    ds
        Dataset of the scorecards.
    card, others
        Rows of `Dataset.scorecard`, of the year and of a coming one.
    """
    cards = [card, *others]
    shown = show_notes(figure_notes(cards, ds.observations, ds.notes, ds.audit(), ds.sources))
    codes = dict.fromkeys(code for each in cards for code in tables.filled_rows(each).index)
    known = ds.indicators.loc[[*codes], ["label", "definition"]].query("definition != ''")
    return joined(shown, definitions([*known.itertuples(index=False)])) if len(known) else shown


@checked
def sources(ds: Dataset, year: int | str) -> Block:
    """Return the title, issuer and date of the documents from which figures of a year are read.

    Parameters
    ----------
    ds
        Dataset of the figures.
    year
        Year of the figures, as an integer or in digits.
    """
    used = pd.concat(
        table.loc[table["year"] == int(year), "source"] for table in (ds.facts, ds.observations)
    )
    lines = source_lines(ds.sources, used) or [phrase("note.no_source", year=year)]
    return show_notes([Note(line) for line in lines])


def ratios(frames: pd.DataFrame | Sequence[pd.DataFrame], year: int | str, caption: str) -> Block:
    """Return a table of your own ratios; a sentence if none is known in the year.

    Parameters
    ----------
    frames
        A `Dataset.derive`, or several.
    year
        Year of the figures, as an integer or in digits.
    caption
        Title of the table, without the year.
    """
    if isinstance(frames, pd.DataFrame):
        frames = [frames]
    content = ratio_table(frames, int(year))
    title = phrase("page.caption", caption=caption, year=year)
    if content.cells.empty:
        return nothing(phrase("frame.empty", caption=title))
    return show(content, title)


def frame(content: pd.DataFrame | pd.Series, caption: str) -> Block:
    """Return any DataFrame as a table; a sentence if it has no content.

    Numbers are written in Vietnamese: those of at most three decimals as they are, others with four
    significant digits. The index has the names of the rows.

    Parameters
    ----------
    content
        The frame, with column names for a reader, or one column of it.
    caption
        Title of the table.
    """
    return show_frame(content, caption)


def figure(drawn: Axes | Figure, caption: str, alt: str) -> Block:
    """Return a figure drawn with matplotlib, in the fonts and colours of the page.

    Parameters
    ----------
    drawn
        A figure, an Axes of it, or what `DataFrame.plot` returns.
    caption
        Title above the figure; the figure needs none of its own.
    alt
        What the figure shows, in words, for a reader who does not see it.
    """
    return show_figure(drawn, caption, alt)


def _have_shares(parts: pd.DataFrame) -> bool:
    """Return whether each of several figures is known and not open, and one is above zero."""
    are_bounded = all(QUALIFIERS[code].is_bounded for code in parts["qualifier"])
    return bool(are_bounded and parts["value"].notna().all() and parts["value"].gt(0).any())


def _rows(card: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Return the rows of indicators, in their order, without those that have no row."""
    return card.loc[[code for code in codes if code in card.index]]


def _known(card: pd.DataFrame) -> pd.Series:
    return card["value"].notna() | (card["hidden"] != "")


def _heading(subject: str, card: pd.DataFrame) -> str:
    return f"{_capital(subject)} ({card['unit'].iloc[0]})"


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
