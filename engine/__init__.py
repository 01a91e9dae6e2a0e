"""The mathematics of the explainer: programs, traces, gradients, equations. NumPy computes, SymPy writes.

Nothing in this package knows Streamlit, plotly or LaTeX.
"""
