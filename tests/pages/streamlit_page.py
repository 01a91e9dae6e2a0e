"""A page as Streamlit runs it, without a browser: opened by an address, and asked what it told its components and its reader."""

import json
from pathlib import Path

from streamlit.testing.v1 import AppTest


def page(name: str = "neuron", /, **query) -> AppTest:
    """The page pages/<name>.py with these words in its address; it must not have failed."""
    app = AppTest.from_file(str(Path(__file__).parents[2] / "view" / "frame.py"), default_timeout=60)
    for word, text in query.items():
        app.query_params[word] = text
    if name in ("learning_rate", "gallery"):  # spelt otherwise in an address: found once the frame has named its pages
        app.run()
    if name != "neuron":
        app.switch_page(f"../pages/{name}.py")
    app.run()
    assert not app.exception
    return app


def data(app: AppTest, key: str) -> dict:
    """What a component was told to show."""
    found = [json.loads(c.proto.json) for c in app.get("bidi_component") if c.proto.id.endswith(key)]
    assert len(found) == 1
    return found[0]


def texts(app: AppTest) -> str:
    return "\n".join([m.value for m in app.markdown] + [x.value for x in app.text] + [x.value for x in app.caption])
