"""JSON with a checksum, so that a file that was truncated or edited by hand is not believed."""

import json
from collections.abc import Mapping
from typing import Any

from caoan_stats.common.files import sha256

CHECKSUM = "checksum"


def seal(content: Mapping[str, Any]) -> bytes:
    """Return a mapping as JSON with a checksum."""
    return f"{_json({**content, CHECKSUM: _checksum(content)})}\n".encode()


def unseal(data: bytes) -> dict[str, Any]:
    """Return the mapping that was sealed; raise `ValueError` if that is not what `data` is.

    >>> unseal(seal({"a": [1]}))
    {'a': [1]}
    """
    try:
        content = dict(json.loads(data))
        if content.pop(CHECKSUM) == _checksum(content):
            return content
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("not sealed") from error
    raise ValueError("changed after it was sealed")


def _checksum(content: Mapping[str, Any]) -> str:
    return sha256(_json(content).encode())


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False)
