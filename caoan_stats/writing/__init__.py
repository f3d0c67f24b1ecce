"""Word documents: the official report of a year as a draft, and any executed notebook."""
