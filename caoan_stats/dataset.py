"""`Dataset`: the figures of one data folder, as an analyst wants them."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from math import inf
from pathlib import Path

import pandas as pd

from caoan_stats import labels
from caoan_stats.common.frames import records
from caoan_stats.datafolder import package, processed
from caoan_stats.datafolder.find import find_data, find_threshold
from caoan_stats.display.reprs import Audit, Scorecard, overview
from caoan_stats.relations.relation import parts_of_totals
from caoan_stats.scorecard import scorecard, trend


@dataclass(frozen=True, repr=False)
class Dataset:
    """The observations, targets and catalogue of one data folder; made by `Dataset.open`.

    Parameters
    ----------
    folder
        The data folder.
    tables
        Its tables by name, as `caoan_stats.datafolder.processed.load_tables` gives them.
    """

    folder: Path
    tables: Mapping[str, pd.DataFrame]

    @classmethod
    def open(
        cls, path: str | os.PathLike[str] | None = None, *, public_below: int | None = None
    ) -> "Dataset":
        """Open a data folder.

        Parameters
        ----------
        path
            The folder. Without it: what `CAOAN_STATS_DATA` names, else `data/` of the nearest
            project upwards, else the one beside the installed package.
        public_below
            Conceal sensitive counts from 1 to below this number, and whatever they can be computed
            back from (`caoan_stats.disclosure`); 0 conceals nothing. Without it, what
            `CAOAN_STATS_PUBLIC_BELOW` names, else 0.

        Raises
        ------
        InvalidDataError
            There is no such data folder, or its data is faulty; says all that is wrong with it.
        """
        folder = find_data(path)
        below = find_threshold() if public_below is None else public_below
        tables: Mapping[str, pd.DataFrame] = processed.load_tables(folder)
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
        """What the data is of, in Vietnamese."""
        return package.load_package(self.folder).title

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each table is called in Vietnamese, in the order of the report."""
        resources = package.load_package(self.folder).resources
        return {each.name: each.title for each in resources if each.holds_observations}

    @cached_property
    def observations(self) -> pd.DataFrame:
        """Every figure, stated or derived; columns as in `processed/observations.csv`.

        `value` is a float in the unit that `unit` names, `year` an integer, the rest text.
        """
        return _with_floats(self.tables["observations"], "value")

    @cached_property
    def targets(self) -> pd.DataFrame:
        """Every target; columns as in `raw/targets.csv`, bounds as floats."""
        return _with_floats(self.tables["targets"], "lower", "upper")

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """The catalogue, by indicator; `label` and `unit_label` are in Vietnamese."""
        units = self.tables["units"].set_index("unit")["label_vi"]
        catalogue = self.tables["indicators"].set_index("indicator")
        return catalogue.assign(
            label=catalogue["label_vi"], unit_label=catalogue["unit"].map(units).fillna("")
        )

    @cached_property
    def sources(self) -> pd.DataFrame:
        """The documents that figures were read from, by code."""
        return self.tables["sources"].set_index("source")

    @cached_property
    def years(self) -> list[int]:
        """The years that have a figure or a target."""
        return sorted({*self.observations["year"], *self.targets["year"]})

    def table(self, name: str) -> pd.DataFrame:
        """Give one table as years by indicators.

        Parameters
        ----------
        name
            A table of the catalogue, such as `rice`.

        Returns
        -------
        DataFrame
            Index `year`; a float column for each indicator of the table, NaN where nothing is
            known. `.attrs["units"]` and `.attrs["labels"]` give unit and Vietnamese label by
            indicator.

        Raises
        ------
        KeyError
            There is no such table; names those there are.
        """
        rows = self.observations[self.observations["table"] == self._table(name)]
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
        """Compare the figures of a year with the year before and with their targets.

        Parameters
        ----------
        year
            Any year, as a number or in digits; one without figures gives a card without results.
        table
            All indicators of one table, or of several; without it, all that have a target in the
            year.

        Returns
        -------
        DataFrame
            As `caoan_stats.scorecard.scorecard` describes it; `.attrs` has `year`, the `sources` by
            code as they are to be named, and the `parts` of each indicator that is a total.

        Raises
        ------
        KeyError
            There is no such table; names those there are.
        """
        names = [table] if isinstance(table, str) else table
        if names is not None:
            names = [self._table(name) for name in names]
        tables = self.tables
        card = scorecard(tables["observations"], tables["targets"], self._entries, int(year), names)
        attrs = {"year": int(year), "sources": self._titles, "parts": self._parts}
        return Scorecard.of(card, attrs)

    def trend(self, indicator: str) -> pd.DataFrame:
        """Follow one indicator through the years.

        Parameters
        ----------
        indicator
            Its code in the catalogue, such as `rice_yield`.

        Returns
        -------
        DataFrame
            As `caoan_stats.scorecard.trend` describes it; `.attrs` has `indicator`, `label` and
            `unit` in Vietnamese.

        Raises
        ------
        KeyError
            There is no such indicator; names the nearest.
        """
        if indicator not in self.indicators.index:
            raise KeyError(_unknown("indicator", indicator, self.indicators.index))
        frame = trend(self.tables["observations"], self.tables["targets"], indicator)
        entry = self._entries.loc[indicator]
        frame.attrs = {"indicator": indicator, "label": entry["label"], "unit": entry["unit"]}
        return frame

    def audit(self, year: int | str | None = None) -> pd.DataFrame:
        """Hold the figures against every relation and every stated change.

        Parameters
        ----------
        year
            One year, as a number or in digits; without it, all.

        Returns
        -------
        DataFrame
            A row for each relation, or change, and year: `left`, `operator`, `right`, `label`,
            `status` (`holds`, `broken`, `derived` or `not_checkable`), `stated` (the left side),
            `computed` (the right side from the figures as they are written), `lower` and `upper`
            (the right side within the rounding of its figures, infinite where it is open), `gap`
            (stated - computed where rounding does not explain it, else 0), `unit`, `indicators`,
            `sections`, the `reason` why it is not checkable, the one why a contradiction was
            `acknowledged`, and `holds` (missing where nothing was checked). Numbers are in `unit`,
            a gap in percent is in percentage points.
            `caoan_stats.relations.intervals.around` says how rounding is taken.
        """
        rows = self.tables["audit"]
        frame = _with_floats(rows, "stated", "computed", "lower", "upper", "gap")
        known, units = frame["computed"].notna(), self.tables["units"].set_index("unit")["label_vi"]
        frame = frame.assign(
            holds=frame["status"].map({"holds": True, "broken": False}).astype("boolean"),
            lower=frame["lower"].mask(known & frame["lower"].isna(), -inf),
            upper=frame["upper"].mask(known & frame["upper"].isna(), inf),
            unit=frame["unit"].map(units).fillna(""),
        )
        if year is None:
            return Audit.of(frame, {})
        return Audit.of(frame[frame["year"] == int(year)], {"year": int(year)})

    @property
    def notes(self) -> pd.DataFrame:
        """What a reader has to know of single figures: indicator, year, note."""
        return self.tables["notes"]

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {
            row["source"]: f"{row['title']}, {row['issuer']}, {labels.date(row['date'])}"
            for row in records(self.tables["sources"])
        }

    @cached_property
    def _parts(self) -> dict[str, tuple[str, ...]]:
        return parts_of_totals(records(self.tables["relations"]))

    @cached_property
    def _entries(self) -> pd.DataFrame:
        return self.indicators.assign(unit=self.indicators["unit_label"])

    def _table(self, name: str) -> str:
        known = self.indicators["table"].unique()
        if name not in known:
            raise KeyError(_unknown("table", name, known))
        return name


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    options = get_close_matches(name, known) or sorted(known)
    return f"no {kind} {name!r}; did you mean one of: {', '.join(options)}"


def _with_floats(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    floats = {name: pd.Series(frame[name], dtype="float64") for name in columns}
    return frame.assign(**floats, year=frame["year"].astype("int64"))
