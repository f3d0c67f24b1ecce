"""What a page shows, as HTML and as text: sentences, tables, SVG.

It works on tables in memory and reads no data folder.
"""
