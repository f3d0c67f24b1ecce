"""Documents as people keep them, .docx, .odt, .pdf and .txt, as lines of text.

This room knows files, not figures: it imports nothing of ours but `common`.
"""
