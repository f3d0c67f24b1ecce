"""`Dataset`: the figures of one data folder, for analysis in Python."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from math import inf
from pathlib import Path

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import Row, records
from caoan_stats.datafolder import package, processed
from caoan_stats.datafolder.find import find_data, find_threshold
from caoan_stats.display.reprs import Audit, Scorecard, overview
from caoan_stats.relations import derive, documents
from caoan_stats.relations.measures import Series
from caoan_stats.relations.relation import parts_of_totals
from caoan_stats.scorecard import main_codes, scorecard, trend


@dataclass(frozen=True, repr=False)
class Dataset:
    """The observations, targets and catalogue of one data folder; opened by `Dataset.open`.

    Parameters
    ----------
    folder
        Path of the data folder.
    tables
        Processed tables by name, as `caoan_stats.datafolder.processed.load_tables` returns them.
    """

    folder: Path
    tables: Mapping[str, pd.DataFrame]

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
            could be computed (`caoan_stats.disclosure`); 0 hides nothing. None: the environment
            variable `CAOAN_STATS_PUBLIC_BELOW`, else 0.

        Raises
        ------
        InvalidDataError
            The data folder does not exist or its data is invalid; holds every error.
        """
        folder = find_data(path)
        below = find_threshold() if public_below is None else public_below
        tables: Mapping[str, pd.DataFrame] = processed.load_tables(folder)
        if as_of is not None and not below:
            tables = derive.restrict(tables, int(as_of))
        if below:
            from caoan_stats.disclosure import edition  # scipy is slow to import

            tables = edition.conceal(tables, below)
        return cls(folder, tables)

    def __repr__(self) -> str:
        count, years = len(self.observations), self.years
        span = f"{years[0]}-{years[-1]}" if years else "no year"
        return f"<Dataset {self.title}: {count} observations, {span}>"

    def _repr_html_(self) -> str:
        return overview(self.title, self.titles, self.observations)

    @cached_property
    def title(self) -> str:
        """Title of the data folder, in Vietnamese."""
        return package.load_package(self.folder).title

    @cached_property
    def titles(self) -> dict[str, str]:
        """Vietnamese titles of the tables by name, in the order of the report."""
        resources = package.load_package(self.folder).resources
        return {table.name: table.title for table in resources if table.holds_observations}

    @cached_property
    def observations(self) -> pd.DataFrame:
        """All figures, stated, derived and assumed; columns as in `processed/observations.csv`.

        Of a figure that several documents state, it is the newest statement.

        `value` is a float in the unit `unit` and NaN for none, `year` an integer, the rest text.
        """
        return _with_floats(self.tables["observations"], "value")

    @cached_property
    def facts(self) -> pd.DataFrame:
        """All that the documents state, a row for each fact of a document, the oldest first.

        `fact` is a code of `caoan_stats.concepts.facts.FACTS`, `value` a float in the unit of the
        indicator or in percent, NaN for a fact in words, which is in `text`.
        """
        return _with_floats(self.tables["facts"], "value")

    def revisions(self) -> pd.DataFrame:
        """Return every figure that documents state differently, a row for each document.

        Returns
        -------
        DataFrame
            Columns indicator, year, source, date, value and qualifier; the last row of a figure
            is the statement that is in `observations`.
        """
        dates = documents.dates_of(records(self.tables["sources"]))
        rows = documents.revisions(records(self.tables["facts"]), dates)
        names = ["indicator", "year", "source", "date", "value", "qualifier"]
        return _with_floats(pd.DataFrame(rows, columns=names), "value")

    @cached_property
    def targets(self) -> pd.DataFrame:
        """All targets; columns as in `raw/targets.csv`, bounds as floats, NaN for none."""
        return _with_floats(self.tables["targets"], "lower", "upper")

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """The catalogue; index `indicator`, `label` and `unit_label` in Vietnamese."""
        units = self.tables["units"].set_index("unit")["label_vi"]
        catalogue = self.tables["indicators"].set_index("indicator")
        return catalogue.assign(
            label=catalogue["label_vi"], unit_label=catalogue["unit"].map(units).fillna("")
        )

    @cached_property
    def sources(self) -> pd.DataFrame:
        """Documents from which figures are read; index `source`."""
        return self.tables["sources"].set_index("source")

    @cached_property
    def years(self) -> list[int]:
        """Years that have a fact, a derived figure or a target, ascending."""
        return sorted({*self.facts["year"], *self.observations["year"], *self.targets["year"]})

    def table(self, name: str) -> pd.DataFrame:
        """Return one table of the report, years by indicators.

        Parameters
        ----------
        name
            Name of a table in the catalogue, such as `rice`.

        Returns
        -------
        DataFrame
            Index `year`; a float column for each indicator that has a unit, NaN for no figure.
            `.attrs["units"]` has the code of the unit by indicator, `.attrs["labels"]` the
            Vietnamese label.

        Raises
        ------
        KeyError
            The table does not exist; the message has similar names or all names.
        """
        rows = self.observations[self.observations["table"] == self._checked_table(name)]
        catalogue = self.indicators[self.indicators["table"] == name]
        codes = [code for code in catalogue.index if catalogue.at[code, "unit"]]
        wide = rows.pivot(index="year", columns="indicator", values="value")
        wide = wide.reindex(columns=codes).rename_axis(columns=None).astype(float)
        wide.index = wide.index.astype("int64")
        wide.attrs = {
            "units": catalogue["unit"].loc[codes].to_dict(),
            "labels": catalogue["label"].loc[codes].to_dict(),
        }
        return wide

    def scorecard(self, year: int | str, table: str | Sequence[str] | None = None) -> pd.DataFrame:
        """Return the figures of a year with the year before, their targets and their status.

        Parameters
        ----------
        year
            Year, as an integer or in digits; it need not have figures.
        table
            Name of one table or of several, whose indicators become rows. None: every indicator
            that has a target in the year or is one of its main aims, in the order of the report.

        Returns
        -------
        DataFrame
            As `caoan_stats.scorecard.scorecard` describes it. `.attrs` has `year`, `sources`
            (title, issuer and date by code), `documents` (a short name by code) and `parts`
            (indicators that add up to a total, by total).

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
            is_listed = self.indicators["table"].isin(names)
            codes = [str(code) for code in self.indicators.index[is_listed]]
        card = scorecard(self._series, self._labelled, int(year), codes)
        attrs = {
            "year": int(year),
            "sources": self._source_titles,
            "documents": self._document_names,
            "parts": self._parts,
        }
        return Scorecard.of(card, attrs)

    def trend(self, indicator: str) -> pd.DataFrame:
        """Return the figures and targets of one indicator by year.

        Parameters
        ----------
        indicator
            Code in the catalogue, such as `rice_yield`.

        Returns
        -------
        DataFrame
            As `caoan_stats.scorecard.trend` describes it. `.attrs` has `indicator` (the code),
            `label` and `unit` (both in Vietnamese), and the code of its `scale`.

        Raises
        ------
        KeyError
            The indicator does not exist; the message has similar codes or all codes.
        """
        if indicator not in self.indicators.index:
            raise _name_error("indicator", indicator, self.indicators.index)
        frame, entry = trend(self._series, indicator), self._labelled[indicator]
        frame.attrs = {
            "indicator": indicator,
            "label": entry["label"],
            "unit": entry["unit"],
            "scale": self._series.stated.catalogue[indicator]["scale"],
        }
        return frame

    def audit(self, year: int | str | None = None) -> pd.DataFrame:
        """Check the figures against every relation and every stated change.

        Parameters
        ----------
        year
            Year, as an integer or in digits. None: all years.

        Returns
        -------
        DataFrame
            A row for each relation or change, and year. Numbers are in `unit`; a `gap` in percent
            is in percentage points.

            - `left`, `operator`, `right`, `label`: the relation, or the stated change, relative
              change, share of the plan or direction.
            - `status`: `holds`, `broken`, `derived` or `not_checkable`; `holds`: the same as True,
              False, or missing where nothing was checked.
            - `stated`: left side; `computed`: right side; both from the figures as written.
            - `shown`: the left side with the digits to show, a `decimal.Decimal` or None;
              `qualifier`: that of a left side of one figure.
            - `lower`, `upper`: ends of the interval of the right side, infinite where it is open;
              `caoan_stats.relations.intervals.around` defines the interval of a figure.
            - `gap`: stated - computed for `broken`, 0 for `holds`, otherwise NaN.
            - `unit`, `indicators`, `sections`: Vietnamese unit, codes, and sections of the source.
            - `reason`: why it is `not_checkable`; `acknowledged`: why a contradiction was left.
        """
        rows = self.tables["audit"]
        frame = _with_floats(rows, "stated", "computed", "lower", "upper", "gap")
        units = self.tables["units"].set_index("unit")["label_vi"]
        is_computed = frame["computed"].notna()  # so a missing bound is an infinite one
        frame = frame.assign(
            shown=rows["stated"],
            holds=frame["status"].map({"holds": True, "broken": False}).astype("boolean"),
            lower=frame["lower"].mask(is_computed & frame["lower"].isna(), -inf),
            upper=frame["upper"].mask(is_computed & frame["upper"].isna(), inf),
            unit=frame["unit"].map(units).fillna(""),
        )
        if year is None:
            return Audit.of(frame, {})
        return Audit.of(frame[frame["year"] == int(year)], {"year": int(year)})

    @property
    def notes(self) -> pd.DataFrame:
        """Notes on single figures; columns indicator, year, note and source."""
        return self.tables["notes"]

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
    def _series(self) -> Series:
        return derive.make_series(self.tables)

    @cached_property
    def _labelled(self) -> dict[str, Row]:
        """The catalogue by indicator, with the Vietnamese label of each unit as `unit`."""
        rows = records(self.indicators.assign(unit=self.indicators["unit_label"]).reset_index())
        return {row["indicator"]: row for row in rows}

    def _checked_table(self, name: str) -> str:
        """Return the name of a table; raise if the catalogue does not have it."""
        names = self.indicators["table"].unique()
        if name not in names:
            raise _name_error("table", name, names)
        return name


def _name_error(kind: str, name: str, names: Iterable[str]) -> KeyError:
    options = get_close_matches(name, names) or sorted(names)
    return KeyError(f"no {kind} {name!r}; did you mean one of: {', '.join(options)}")


def _with_floats(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    floats = {name: pd.Series(frame[name], dtype="float64") for name in columns}
    return frame.assign(**floats, year=frame["year"].astype("int64"))
