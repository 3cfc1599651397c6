"""Words that stand in a field and are no value of it: kept as they were typed, never as a fact of the case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

Keep = Callable[[Mapping[str, str]], None]


class HalfTyped:
    """The unread words of one case by record and fact; they are there again at the next start.

    ``kept``: what :meth:`remember` was given last time; ``remember`` takes all of it after each change. Without it
    the words live as long as the window.
    """

    def __init__(self, kept: Mapping[str, str] | None = None, remember: Keep | None = None) -> None:
        self._words = dict(kept or {})
        self._remember = remember

    def words(self, collection: str, record_id: str, fact: str) -> str:
        """What stands in the field; empty when it holds nothing unread."""
        return self._words.get(_key(collection, record_id, fact), "")

    def keep(self, collection: str, record_id: str, fact: str, words: str) -> None:
        """The field holds these words now."""
        self._put(_key(collection, record_id, fact), words)

    def drop(self, collection: str, record_id: str, facts: Iterable[str]) -> None:
        """These fields were mended, emptied, or given their old value back."""
        for fact in facts:
            self._put(_key(collection, record_id, fact), "")

    def _put(self, key: str, words: str) -> None:
        if self._words.get(key, "") == words:
            return
        if words:
            self._words[key] = words
        else:
            del self._words[key]
        if self._remember is not None:
            self._remember(self._words)


def _key(collection: str, record_id: str, fact: str) -> str:
    return f"{collection}/{record_id}/{fact}"
