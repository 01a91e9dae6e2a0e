"""Tables and weights too long for an address stand on a shelf of the server, and the address names them by a fingerprint. The shelf
is not large and does not outlive the server: what must last is saved as a file."""

from collections import OrderedDict
from collections.abc import Mapping
from hashlib import sha256
from threading import Lock
from urllib.parse import quote_plus

from engine.limits import QUERY, SHELF_MB
from engine.parse import cut
from engine.refused import Refused

MARK = "@"
LONG = ("own", "w", "pin")  # the words that can be longer than an address
_shelf: OrderedDict[str, str] = OrderedDict()  # fingerprint -> text, the one longest unused first
_lock = Lock()


def put(text: str) -> str:
    """The text's name on the shelf, which thereby is among the last used."""
    name = MARK + sha256(text.encode()).hexdigest()[:16]
    with _lock:
        _shelf[name] = text
        _shelf.move_to_end(name)
        while len(_shelf) > 1 and sum(map(len, _shelf.values())) > SHELF_MB * 2**20:
            _shelf.popitem(last=False)
    return name


def shortened(words: Mapping[str, str]) -> dict[str, str]:
    """The same words, the longest put on the shelf until they fit into an address."""
    found = dict(words)
    for word in sorted(LONG, key=lambda word: -len(found.get(word, ""))):
        if length(found) > QUERY and word in found:
            found[word] = put(found[word])
    return found


def length(words: Mapping[str, str]) -> int:
    """Characters of the address's words, as a browser writes them, with = and & between them."""
    return sum(len(word) + len(quote_plus(text)) + 2 for word, text in words.items())


def gone(words: Mapping[str, str]) -> tuple[str, ...]:
    """The words whose text is no longer on the shelf."""
    return tuple(word for word in LONG if words.get(word, "").startswith(MARK) and words[word] not in _shelf)


def whole(words: Mapping[str, str]) -> tuple[dict[str, str], list[Refused]]:
    """The words with the shelf's texts in their place, and a refusal for each that is no longer there."""
    found, refused = dict(words), []
    for word in LONG:
        name = found.get(word, "")
        text = _taken(name) if name.startswith(MARK) else name
        if text is None:
            template = "{word} was too long for the address and the server no longer has it ({name}); load it from its file."
            refused.append(Refused(template, word=word, name=cut(found.pop(word))))
        elif text:
            found[word] = text
    return found, refused


def _taken(name: str) -> str | None:
    with _lock:
        if name in _shelf:
            _shelf.move_to_end(name)
        return _shelf.get(name)
