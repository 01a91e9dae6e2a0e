"""The network's page with one of its menus open, and what its address then says."""

from streamlit.testing.v1 import AppTest

from engine.experiment import NETWORK, Experiment
from engine.recipe import Recipe, of_words, write
from engine.words import Place
from tests.pages.streamlit_page import page
from view import shelf

START = Place()


def found(app: AppTest) -> Recipe:
    """What the address now says, with what it names on the shelf."""
    words = {word: text if isinstance(text, str) else text[0] for word, text in dict(app.query_params).items()}
    words, refused = shelf.whole(words)
    assert not refused
    return of_words(words)


def opened(menu: str, experiment: Experiment = NETWORK, place: Place = START, **query) -> AppTest:
    """The page with one of its menus unfolded."""
    app = page("network", **{**shelf.shortened(write(experiment, place)), "lang": "en", **query})
    app.session_state[menu] = True
    return app.run()
