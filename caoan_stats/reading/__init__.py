"""Reading a report: the figures that its sentences state, as rows of the data."""
