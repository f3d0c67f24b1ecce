"""What stops the reading of a document, before the name of its file is known."""


class UnreadableError(Exception):
    """A document cannot be read; `kind` is a key of the section `errors`."""

    def __init__(self, kind: str, **details: object) -> None:
        self.kind, self.details = kind, details
        super().__init__(kind)
