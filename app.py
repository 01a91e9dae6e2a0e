"""The way in: `streamlit run app.py`. The page itself is view/frame.py; here it gets gzip and the route for the scripts."""

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from view import assets

app = st.App(
    "view/frame.py",
    routes=[assets.route(st.get_option("server.baseUrlPath"))],
    middleware=[Middleware(GZipMiddleware, minimum_size=1000)],
)
