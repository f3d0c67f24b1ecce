"""What a page shows, as HTML and as text: sentences, tables, SVG.

Knows no files and no data folder.
"""
