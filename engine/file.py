"""An experiment as a file: the same words as an address, without its limit of length, in JSON. What is read back is hostile until
each field has been read by the rule that reads it in an address."""

import json

from engine.experiment import Experiment
from engine.limits import FILE_MB, TOLD
from engine.parse import cut
from engine.recipe import VERSION, Recipe, of_words, write
from engine.refused import Refused
from engine.words import EXPERIMENT, GALLERY, PLACE, RACE, Place

FORMAT = "backpropagation, step by step"


def write_file(experiment: Experiment, place: Place) -> str:
    """JSON text: format, version, and every word of this experiment and place."""
    words = {word: text for word, text in write(experiment, place, complete=True).items() if word != "v"}
    return json.dumps({"format": FORMAT, "version": int(VERSION), "words": words}, ensure_ascii=False, indent=1)


def read_file(source: bytes) -> Recipe:
    """The recipe in such a file. Refused whole if it is not one; a field that cannot be read is refused by name."""
    if len(source) > FILE_MB * 2**20:
        raise Refused("The file may be at most {limit} MB large.", limit=FILE_MB)
    found = _object(source)
    if found.get("format") != FORMAT:
        raise Refused("The file must be one that this page saved: its format must be “{format}”.", format=FORMAT)
    if type(found.get("version")) is not int or found["version"] != int(VERSION):
        asked = cut(str(found.get("version")))
        raise Refused("The file's version must be {version}, not “{found}”.", version=VERSION, found=asked)
    if not isinstance(words := found.get("words"), dict):
        raise Refused("The file must hold its words as an object.")
    known = {*EXPERIMENT, *PLACE, *GALLERY, *RACE, "at", "pin"}
    wrong = [_wrong(word, text, known) for word, text in words.items() if word not in known or not isinstance(text, str)]
    recipe = of_words({word: text for word, text in words.items() if word in known and isinstance(text, str)})
    return Recipe(recipe.experiment, recipe.place, _some((*wrong, *recipe.refused)))


def _some(refused: tuple[Refused, ...]) -> tuple[Refused, ...]:
    """The first of them, and how many more there are."""
    left = len(refused) - TOLD
    return (*refused[:TOLD], Refused("… and others that could not be read: {n}.", n=f"{left:,}")) if left > 0 else refused


def _object(source: bytes) -> dict:
    try:
        found = json.loads(source.decode("utf-8-sig"))
        json.dumps(found, ensure_ascii=False).encode()  # half of a character, as in "\\ud800", is no text that can be shown
    except json.JSONDecodeError as error:
        raise Refused("The file is not JSON: see line {row}, column {column}.", row=error.lineno, column=error.colno) from error
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise Refused("The file must be JSON text in UTF-8.") from error
    return found if isinstance(found, dict) else {}


def _wrong(word: str, text, known: set[str]) -> Refused:
    if word not in known:
        return Refused("The file's word “{word}” is not known; it was left out.", word=cut(word))
    return Refused("The file's {word} must be text, not “{found}”.", word=word, found=cut(str(text)))
