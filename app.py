"""The way in: `streamlit run app.py`. The page itself is view/frame.py; here it gets gzip and the route for the scripts."""

# ruff: noqa: F401 - the modules of all pages are loaded before the first visitor comes

import gc

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from view import assets, below, board, choices, elsewhere, events, files, pictures, slot
from view.article import article_board, article_choices, article_run
from view.gallery import curve_part, init_part, softmax_part
from view.learning_rate import rate_below, rate_chart, rate_choices, rate_slot
from view.network import (
    net_below,
    net_card,
    net_choices,
    net_data,
    net_decision,
    net_film,
    net_health,
    net_layer,
    net_scene,
    net_time,
    net_unit,
    net_weights,
    net_words,
)
from view.optimizers import cards, facts, gradient, landscape, picture
from view.optimizers import choices as race_choices

# What is loaded by now stays for ever. Without this a full collection looks through all of it again and again: with thirty
# sessions that stopped everyone for 0.1 s every few seconds.
gc.collect()
gc.freeze()

app = st.App(
    "view/frame.py",
    routes=[assets.route(st.get_option("server.baseUrlPath"))],
    middleware=[Middleware(GZipMiddleware, minimum_size=1000)],
)
