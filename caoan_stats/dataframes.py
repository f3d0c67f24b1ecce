"""The tables of a data folder as data frames."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from math import inf
from pathlib import Path

import pandas as pd

from caoan_stats.datafolder import package
from caoan_stats.display.reprs import Audit
from caoan_stats.relations import derive


@dataclass(frozen=True, repr=False)
class DataFrames:
    """The figures, facts, targets and catalogue of one data folder, and the audit of its figures.

    Parameters
    ----------
    folder
        Path of the data folder.
    tables
        Processed tables by name, as `caoan_stats.datafolder.processed.load_tables` returns them.
    """

    folder: Path
    tables: Mapping[str, pd.DataFrame]

    @cached_property
    def title(self) -> str:
        """Title of the data folder, in Vietnamese."""
        return package.load_package(self.folder).title

    @cached_property
    def titles(self) -> dict[str, str]:
        """Vietnamese titles of the tables by name, in the order of the report."""
        return package.load_package(self.folder).titles

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
        """Return every figure that a newer document corrects, a row for each document.

        Figures that rounding or a qualifier reconciles, as 12.35e9 and 12345678900, are no
        correction.

        Returns
        -------
        DataFrame
            Columns indicator, year, source, date, value and qualifier; the last row of a figure
            is the statement that is in `observations`.
        """
        rows = derive.revisions(self.tables)
        names = ["indicator", "year", "source", "date", "value", "qualifier"]
        return _with_floats(pd.DataFrame(rows, columns=names), "value")

    @cached_property
    def targets(self) -> pd.DataFrame:
        """All targets; columns as in `raw/targets.csv`, bounds as floats, NaN for none."""
        return _with_floats(self.tables["targets"], "lower", "upper")

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """The catalogue; index `indicator`, `label` and `unit_label` in Vietnamese.

        `definition` is empty where the catalogue has none. `has_figures` tells which have a fact, a
        figure (also a derived or hidden one) or a target of any year, in any document; scorecards
        and pages leave the others out.
        """
        units = self.tables["units"].set_index("unit")["label_vi"]
        catalogue = self.tables["indicators"].set_index("indicator")
        return catalogue.assign(
            label=catalogue["label_vi"],
            unit_label=catalogue["unit"].map(units).fillna(""),
            definition=catalogue["definition_vi"],
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
            Index `year`; a float column for each indicator that has a unit and, in any year, a
            figure or a target; NaN for no figure.
            `.attrs["units"]` has the code of the unit by indicator, `.attrs["labels"]` the
            Vietnamese label, `.attrs["table"]` its name.

        Raises
        ------
        KeyError
            The table does not exist; the message has similar names or all names.
        """
        rows = self.observations[self.observations["table"] == self._checked_table(name)]
        is_shown = (self.indicators["table"] == name) & self.indicators["has_figures"]
        catalogue = self.indicators[is_shown & (self.indicators["unit"] != "")]
        wide = rows.pivot(index="year", columns="indicator", values="value")
        wide = wide.reindex(columns=catalogue.index).rename_axis(columns=None).astype(float)
        wide.index = wide.index.astype("int64")
        wide.attrs = {
            "table": name,
            "units": catalogue["unit"].to_dict(),
            "labels": catalogue["label"].to_dict(),
        }
        return wide

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
              `qualifier`: that of a left side of one figure, also a derived one.
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

    def _checked_table(self, name: str) -> str:
        """Return the name of a table; raise if the catalogue does not have it."""
        names = self.indicators["table"].unique()
        if name not in names:
            options = get_close_matches(name, names) or sorted(names)
            raise KeyError(f"no table {name!r}; did you mean one of: {', '.join(options)}")
        return name


def mark_known(tables: Mapping[str, pd.DataFrame]) -> Mapping[str, pd.DataFrame]:
    """Return processed tables, with the column `has_figures` of `Dataset.indicators`."""
    known = pd.concat(tables[name]["indicator"] for name in ("facts", "observations", "targets"))
    catalogue = tables["indicators"]
    marked = catalogue.assign(has_figures=catalogue["indicator"].isin({*known}))
    return {**tables, "indicators": marked}


def _with_floats(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    floats = {name: pd.Series(frame[name], dtype="float64") for name in columns}
    return frame.assign(**floats, year=frame["year"].astype("int64"))
