"""What the entries of the registries are called and what is said of them, read from locale/<lang>/entries.md: a section for each
key, its first line the name, the rest a paragraph. So an entry needs no label anywhere else."""

from collections.abc import Iterable
from dataclasses import replace

from view.text import Text


def parts(key: str, text: Text) -> tuple[str, str]:
    """(name, paragraph): an entry that nobody has described goes by its key, and of some there is only a name to say."""
    of = replace(text, page="entries")
    name, _, paragraph = of.say(key).partition("\n\n") if of.has(key) else (key, "", "")
    return name, paragraph


def name(key: str, text: Text) -> str:
    return parts(key, text)[0]


def paragraph(key: str, text: Text) -> str:
    return parts(key, text)[1]


def called(keys: Iterable[str], text: Text) -> dict[str, str]:
    """key -> its name, as a menu shows them."""
    return {key: name(key, text) for key in keys}
