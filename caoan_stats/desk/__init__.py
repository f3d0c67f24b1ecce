"""The clerk's desk: a page in JupyterLab that takes a filled-in workbook to reports.

It imports no room above it; `server` starts JupyterLab, and `page` is what its document shows.
"""
