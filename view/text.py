"""The two languages. A label's English text in the code is its key; a page's sentences live in one Markdown file per language,
in sections of the same names. Numbers come in as named fields, so no sentence holds one of its own."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from engine.refused import Refused

LOCALE = Path(__file__).parent / "locale"
LANGUAGES = {"en": "English", "zh": "中文"}


@lru_cache
def labels(lang: str) -> dict[str, str]:
    """English label -> the language's label; empty for English itself."""
    path = LOCALE / f"{lang}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


@lru_cache
def sections(lang: str, page: str) -> dict[str, str]:
    """Section name -> its text, from locale/<lang>/<page>.md."""
    text = (LOCALE / lang / f"{page}.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    return {name.strip(): body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}


@dataclass(frozen=True)
class Text:
    """One language: text("Next") is a label, text.say("forward-z", z=…) a sentence of the page."""

    lang: str
    page: str = "neuron"

    def __call__(self, label: str, **fields) -> str:
        return labels(self.lang).get(label, label).format(**fields)

    def say(self, section: str, **fields) -> str:
        return sections(self.lang, self.page)[section].format(**fields)

    def has(self, section: str) -> bool:
        return section in sections(self.lang, self.page)

    def refusal(self, reason: Refused) -> str:
        return self(reason.template, **reason.fields)


def of_browser(locale: str | None) -> str:
    """The language a browser asks for, if it is one of ours; English otherwise."""
    return "zh" if (locale or "").lower().startswith("zh") else "en"


def without_markup(sentence: str) -> str:
    """A sentence as a screen reader should say it: no colour directives, no stars."""
    return re.sub(r":\w+\[([^\]]*)\]", r"\1", sentence).replace("**", "")
