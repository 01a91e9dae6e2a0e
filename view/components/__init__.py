"""The parts of the page that Streamlit has no widget for: chart, graph, stepper and link. Each is told what to show and says
what was clicked; none computes mathematics. A component is one .js file here, loaded once by the browser."""

import streamlit as st

from view.assets import version

LOADER = """
const own = document.querySelector('script[type=module][src*="static/js/"]').src;
const module = import(new URL("../../vendor/{version}/{file}.js", own).href);
export default async function (component) {{
  return (await module).{function}(component);
}}
"""


def component(file: str, function: str = "show"):
    """The mounting command of the function `function` exported by components/<file>.js."""
    js = LOADER.format(version=version(), file=file, function=function)
    return st.components.v2.component(f"{file}_{function}", js=js, isolate_styles=False)
