"""`Dataset`: the figures of one data folder, for analysis in Python."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from caoan_stats import labels
from caoan_stats.analysis import explain, lookup, ratios
from caoan_stats.analysis.findings import findings
from caoan_stats.analysis.trajectory import trajectory
from caoan_stats.common.frames import Row, Shared, records
from caoan_stats.datafolder import processed
from caoan_stats.datafolder.find import find_data, find_threshold
from caoan_stats.dataframes import DataFrames, mark_known
from caoan_stats.disclosure import edition
from caoan_stats.display.reprs import Scorecard, overview
from caoan_stats.relations import derive
from caoan_stats.relations.formulas import indicator_of, parse
from caoan_stats.relations.measures import Series
from caoan_stats.relations.relation import (
    Relation,
    parse_relations,
    parts_of_totals,
    wholes_of_parts,
)
from caoan_stats.scorecard import main_codes, scorecard, trend


@dataclass(frozen=True, repr=False)
class Dataset(DataFrames):
    """The observations, targets and catalogue of one data folder; opened by `Dataset.open`.

    Parameters
    ----------
    folder
        Path of the data folder.
    tables
        Processed tables by name, as `caoan_stats.datafolder.processed.load_tables` returns them.
    """

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        as_of: int | str | None = None,
        public_below: int | None = None,
    ) -> "Dataset":
        """Open a data folder.

        Parameters
        ----------
        path
            Path of the data folder. None: the environment variable `CAOAN_STATS_DATA`, else `data/`
            in the working directory or the nearest folder above it that has one, else the folder
            beside the installed package.
        as_of
            Year whose documents are read, as an integer or in digits: figures as the documents up
            to its report state them, whatever later ones say. None: all documents, as always in
            the public edition: two statements of a figure could together disclose a hidden one.
        public_below
            Hide sensitive counts from 1 to `public_below - 1`, and every figure from which one
            could be computed (`caoan_stats.disclosure`); 0 hides nothing, others are from 3 to 100.
            None: the environment variable `CAOAN_STATS_PUBLIC_BELOW`, else 0.

        Raises
        ------
        InvalidDataError
            The data folder does not exist or its data is invalid; holds every error.
        """
        folder = find_data(path)
        below = find_threshold(public_below)
        loaded, hidden = processed.load_edition(folder, below)
        tables = mark_known(loaded)
        if as_of is not None and not below:
            tables = derive.restrict(tables, int(as_of))
        if below:
            tables = edition.conceal(tables, hidden)
        return cls(folder, tables)

    def __repr__(self) -> str:
        count, years = len(self.observations), self.years
        span = f"{years[0]}-{years[-1]}" if years else "no year"
        return f"<Dataset {self.title}: {count} observations, {span}>"

    def _repr_html_(self) -> str:
        return overview(self.title, self.titles, self.observations)

    def scorecard(self, year: int | str, table: str | Sequence[str] | None = None) -> pd.DataFrame:
        """Return the figures of a year with the year before, their targets and their status.

        Parameters
        ----------
        year
            Year, as an integer or in digits; it need not have figures.
        table
            Name of one table or of several, whose indicators become rows, without those that have
            no figure and no target in any year. None: every indicator that has a target in the
            year or is one of its main aims, in the order of the report, without the tasks in words
            of single fields.

        Returns
        -------
        DataFrame
            As `caoan_stats.scorecard.scorecard` describes it. `.attrs` has `year`, `sources`
            (title, issuer and date by code), `documents` (a short name by code), `parts`
            (indicators that add up to a total, by total), `wholes` (of what an indicator is a
            part, by part) and `definitions` (by indicator).

        Raises
        ------
        KeyError
            A table does not exist; the message has similar names or all names.
        """
        if table is None:
            codes = main_codes(self._series, int(year))
        else:
            names = [
                self._checked_table(name) for name in ([table] if isinstance(table, str) else table)
            ]
            is_listed = self.indicators["table"].isin(names) & self.indicators["has_figures"]
            codes = [str(code) for code in self.indicators.index[is_listed]]
        card = scorecard(self._series, self._labelled, int(year), codes)
        attrs = {
            "year": int(year),
            "sources": Shared(self._source_titles),
            "documents": Shared(self._document_names),
            "parts": Shared(self._parts),
            "wholes": Shared(self._wholes),
            "definitions": Shared(self.indicators.loc[codes, "definition"]),
        }
        return Scorecard.of(card, attrs)

    def trend(self, indicator: str) -> pd.DataFrame:
        """Return the figures and targets of one indicator by year.

        Parameters
        ----------
        indicator
            Code in the catalogue, such as `rice_yield`, or Vietnamese label.

        Returns
        -------
        DataFrame
            As `caoan_stats.scorecard.trend` describes it. `.attrs` has `indicator` (the code),
            `label` and `unit` (both in Vietnamese), and the code of its `scale`.

        Raises
        ------
        KeyError
            The indicator does not exist; the message has similar ones.
        """
        code = lookup.code_of(self.indicators, indicator)
        frame, entry = trend(self._series, code), self._labelled[code]
        frame.attrs = {
            "indicator": code,
            "label": entry["label"],
            "unit": entry["unit"],
            "scale": self._series.stated.catalogue[code]["scale"],
        }
        return frame

    def explain(self, indicator: str, year: int | str) -> pd.DataFrame:
        """Return what the parts of an indicator contribute to its change since the year before.

        The parts are those of the relation that gives it: factors, summands, or both sides of a
        ratio.

        Parameters
        ----------
        indicator
            Code or Vietnamese label of an indicator that a relation gives.
        year
            Year of the change, as an integer or in digits.

        Returns
        -------
        DataFrame
            As `caoan_stats.analysis.explain.explain` describes it.

        Raises
        ------
        KeyError
            The indicator does not exist, or no relation gives it; the message has those that one
            gives.
        """
        code = lookup.code_of(self.indicators, indicator)
        relation = explain.explaining(self._relations, code, int(year))
        if relation is None:
            known = ", ".join(sorted(self.explained(year)))
            raise KeyError(f"no relation gives {code!r}; one gives: {known}")
        return explain.explain(self._series, self._labelled, relation, int(year))

    def explained(self, year: int | str) -> list[str]:
        """Return the indicators that `explain` knows: those that a relation gives in a year.

        Parameters
        ----------
        year
            Year, as an integer or in digits.
        """
        codes = dict.fromkeys(each.fills for each in self._relations if each.fills)
        return [code for code in codes if explain.explaining(self._relations, code, int(year))]

    def derive(self, name: str, formula: str, unit: str) -> pd.DataFrame:
        """Return a figure that no source states, such as a ratio of two, for every year.

        Parameters
        ----------
        name
            Name of the result.
        formula
            Arithmetic over codes of indicators and bounds of targets: `100 * a / (a + b)`.
        unit
            Code of a unit in the catalogue, or the label of any other.

        Returns
        -------
        DataFrame
            As `caoan_stats.analysis.ratios.derive` describes it: value, interval, sources.

        Raises
        ------
        KeyError
            An indicator of the formula does not exist; the message has similar ones.
        FormulaError
            The formula is not arithmetic.

        Examples
        --------
        >>> from caoan_stats import Dataset
        >>> ds = Dataset.open()
        >>> ds.derive("third births", "100 * births_third_child_plus / births", "percent")["shown"]
        year
        2023    18.48
        Name: shown, dtype: object
        """
        parsed = parse(formula)
        for each in parsed.names:
            lookup.code_of(self.indicators, indicator_of(each))
        units = self.tables["units"].set_index("unit")["label_vi"]
        return ratios.derive(self._series, name, parsed, str(units.get(unit, unit)))

    def findings(self, year: int | str, tables: str | Sequence[str] | None = None) -> pd.DataFrame:
        """Return what matters most in a year, ranked, each with its sentence and its reason.

        Parameters
        ----------
        year
            Year, as an integer or in digits.
        tables
            Name of one table or of several. None: all tables.

        Returns
        -------
        DataFrame
            As `caoan_stats.analysis.findings.findings` describes it; the index is the rank.

        Raises
        ------
        KeyError
            A table does not exist; the message has similar names or all names.
        """
        names = list(self.indicators["table"].unique()) if tables is None else tables
        audit = self.audit(year)
        broken = {row["left"]: row for row in records(audit[audit["status"] == "broken"])}
        return findings(self._series, self.scorecard(year, names), broken)

    def trajectory(self, indicator: str) -> pd.DataFrame:
        """Return the figures of an indicator by year, the path to its plan, and a projection.

        Parameters
        ----------
        indicator
            Code or Vietnamese label.

        Returns
        -------
        DataFrame
            As `caoan_stats.analysis.trajectory.trajectory` describes it; `.attrs` also has
            `indicator` (the code), `label` and `unit` (both in Vietnamese).

        Raises
        ------
        KeyError
            The indicator does not exist; the message has similar ones.
        """
        code = lookup.code_of(self.indicators, indicator)
        entry = self._labelled[code]
        frame = trajectory(self._series, code)
        frame.attrs |= {"indicator": code, "label": entry["label"], "unit": entry["unit"]}
        return frame

    def find(self, words: str) -> pd.DataFrame:
        """Return the indicators whose label or code has all of the words.

        Parameters
        ----------
        words
            Words, or beginnings of words, of Vietnamese labels, with accents or without.

        Returns
        -------
        DataFrame
            Rows of `Dataset.indicators`, also of those that have no figures.

        Examples
        --------
        >>> from caoan_stats import Dataset
        >>> found = Dataset.open().find("nang suat")
        >>> list(found.index[found["has_figures"]])
        ['rice_yield', 'rice_yield_per_crop']
        """
        return lookup.find(self.indicators, words)

    @cached_property
    def _source_titles(self) -> dict[str, str]:
        return {
            row["source"]: f"{row['title']}, {row['issuer']}, {labels.date(row['date'])}"
            for row in records(self.tables["sources"])
        }

    @cached_property
    def _document_names(self) -> dict[str, str]:
        rows = records(self.tables["sources"])
        return {row["source"]: labels.document(row["title"], row["date"]) for row in rows}

    @cached_property
    def _parts(self) -> dict[str, tuple[str, ...]]:
        return parts_of_totals(records(self.tables["relations"]))

    @cached_property
    def _wholes(self) -> dict[str, frozenset[str]]:
        return wholes_of_parts(records(self.tables["relations"]))

    @cached_property
    def _relations(self) -> tuple[Relation, ...]:
        """The relations between indicators that have figures."""
        known = {*self.indicators.index[self.indicators["has_figures"]]}
        relations = parse_relations(records(self.tables["relations"]))
        return tuple(each for each in relations if known.issuperset(map(indicator_of, each.names)))

    @cached_property
    def _series(self) -> Series:
        return derive.make_series(self.tables)

    @cached_property
    def _labelled(self) -> dict[str, Row]:
        """The catalogue by indicator, with the Vietnamese label of each unit as `unit`."""
        rows = records(self.indicators.assign(unit=self.indicators["unit_label"]))
        return {row["indicator"]: row for row in rows}
