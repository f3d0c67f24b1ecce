"""A stopwatch for the steps of something: it wraps their functions."""

import inspect
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any


class Watch:
    """Seconds by step, each without those of the steps in it."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._inner: list[float] = []

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count what is done for a step."""
        start = time.perf_counter()
        self._inner.append(0.0)
        try:
            yield
        finally:
            spent = time.perf_counter() - start
            self.seconds[name] += spent - self._inner.pop()
            if self._inner:
                self._inner[-1] += spent

    def wrap(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        """Count what a function does."""

        @wraps(function)
        def timed(*arguments: Any, **options: Any) -> Any:
            with self.step(name):
                return function(*arguments, **options)

        @wraps(function)
        async def awaited(*arguments: Any, **options: Any) -> Any:
            with self.step(name):
                return await function(*arguments, **options)

        return awaited if inspect.iscoroutinefunction(function) else timed

    def replace(self, owner: Any, name: str, step: str) -> None:
        """Wrap a function wherever the library has it."""
        found = vars(owner)[name]
        if isinstance(found, classmethod | staticmethod):
            setattr(owner, name, type(found)(self.wrap(found.__func__, step)))
            return
        wrapped = self.wrap(found, step)
        setattr(owner, name, wrapped)
        library = [sys.modules[each] for each in sys.modules if each.startswith("caoan_stats.")]
        for module in library:
            for held in [key for key, value in vars(module).items() if value is found]:
                setattr(module, held, wrapped)
