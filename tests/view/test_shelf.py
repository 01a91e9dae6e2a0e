"""Words too long for an address stand on the server's shelf under a name; what is gone is said."""

from urllib.parse import urlencode

from engine.limits import QUERY
from view import shelf


def test_short_words_stay():
    """An address that fits is left alone."""
    words = {"data": "xor", "w": "1,2,3"}
    assert shelf.shortened(words) == words and shelf.whole(words) == (words, [])


def test_the_length_is_that_of_the_address():
    """As the standard library writes the same words after the question mark."""
    words = {"data": "own", "own": "1:a b,c:0,0;1,1", "lang": "zh"}
    assert shelf.length(words) == len("&" + urlencode(words))


def test_the_longest_word_goes_first():
    """One long word on the shelf makes room for the other; what comes back is what was put there."""
    words = {"data": "own", "own": "1::" + "0,1,1;" * 400, "w": ",".join(["0.25"] * 20)}
    short = shelf.shortened(words)
    assert short["own"].startswith(shelf.MARK) and short["w"] == words["w"] and shelf.length(short) <= QUERY
    assert shelf.whole(short) == (words, []) and shelf.gone(short) == ()


def test_what_is_gone_is_said():
    """A name that is not on the shelf, after a restart or a long time, is refused; the other words count."""
    words, refused = shelf.whole({"data": "xor", "own": "@0123456789abcdef"})
    assert words == {"data": "xor"} and "own was too long" in str(refused[0]) and shelf.gone({"own": "@x"}) == ("own",)


def test_the_shelf_is_bounded(monkeypatch):
    """The one longest unused makes room; the newest stays, however large it is."""
    monkeypatch.setattr(shelf, "SHELF_MB", 1e-4)
    first = shelf.put("a" * 60)
    second = shelf.put("b" * 60)
    assert shelf.gone({"own": first}) == ("own",) and shelf.gone({"own": second}) == ()
