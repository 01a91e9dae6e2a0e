"""The one style block: room around the page, our own containers, and what is dimmed while the learning rate is dragged. Colours
come from the palette; nothing else on the page overrides Streamlit."""

import streamlit as st

from view.palette import PALETTE

CSS = """<style>
[data-testid="stMainBlockContainer"] {{ padding: 6px 40px 24px; max-width: none; }}
.st-key-navigation {{ gap: 4px; margin: 0 0 -8px; }} .st-key-navigation [data-testid="stMarkdownContainer"] p {{ font-size: 14px; }}
.st-key-navigation [data-testid="stMarkdown"] {{ margin-right: 20px; }}
.st-key-navigation a {{ min-height: 44px; }} .st-key-rate_slot {{ margin-bottom: -20px; }}
.st-key-navigation a:focus-visible {{ outline: 3px solid {next}; outline-offset: -2px; }}
.st-key-map_progress {{ position: fixed; right: 40px; bottom: 104px; width: 320px; z-index: 9; background: {page};
  border-radius: 8px; }}
[data-testid="stHeader"] {{ height: 0; min-height: 0; }}
[data-testid="stBottomBlockContainer"] {{ padding: 10px 40px 12px; max-width: none; }}
[data-testid="stBottom"] > div {{ border-top: 1px solid {line}; }}
.st-key-title h1 {{ font-size: 28px; font-weight: 680; padding: 0; white-space: nowrap; }}
.st-key-slot {{ gap: 2px; min-height: 74px; margin-bottom: -8px; }} .st-key-line1, .st-key-line1_eta {{ min-height: 28px; }}
.st-key-slot [data-testid="stMarkdownContainer"], [class*="st-key-now"] [data-testid="stMarkdownContainer"] {{ margin-bottom: 0; }}
.st-key-slot [data-testid="stMarkdownContainer"] p {{ font-size: 19px; line-height: 28px; margin: 0; }}
.st-key-line2, .st-key-line2_eta {{ min-height: 44px; gap: 8px; }}
[class*="st-key-line2"] [data-testid="stMarkdownContainer"] p {{ font-size: 16px; }}
.st-key-net_slot {{ gap: 2px; min-height: 80px; margin-bottom: -8px; }}
.st-key-net_slot > [data-testid="stElementContainer"] {{ min-height: 28px; }}
.st-key-net_slot [data-testid="stMarkdownContainer"] p {{ font-size: 19px; line-height: 28px; margin: 0; }}
[class*="st-key-now"] {{ background: {now}; border: 1px solid {now_edge}; border-left-width: 5px; border-radius: 8px;
  padding: 10px 16px; gap: 8px; min-height: var(--room); }}
[class*="st-key-now_many"] {{ --room: 250px; }} [class*="st-key-now_tall"] {{ --room: 290px; }}
[class*="st-key-now_one"] {{ --room: 204px; }} .st-key-now_net {{ --room: 142px; }} .st-key-now_unit {{ --room: 150px; }}
[class*="st-key-now"] .katex {{ font-size: 16px; }}
[class*="st-key-now"] [data-testid="stMarkdownContainer"] > p {{ font-size: 14px; margin: 0; padding-bottom: 4px;
  overflow-x: auto; overflow-y: hidden; }}
.st-key-race_cards .katex {{ font-size: 14.5px; }}
.st-key-race_cards [data-testid="stMarkdownContainer"] > p {{ font-size: 14px; margin: 0 0 2px; overflow: auto hidden; }}
[class*="st-key-race_card_"] {{ border-top: 1px solid {line}; padding: 8px 0 6px; }}
.st-key-moving_equations .katex {{ font-size: 15px; }}
.st-key-moving_equations .katex-display {{ overflow: auto hidden; padding: 2px 0; }}
[class*="st-key-tables"] [data-testid="stMarkdownContainer"]:has(table) {{ overflow-x: auto; }}
.st-key-edit_points {{ margin: -8px 0 -20px; }}
.st-key-layer .katex {{ font-size: 15px; }} .st-key-layer .katex-display {{ margin: 4px 0; padding: 2px 0; }}
.st-key-layer [data-testid="stMarkdownContainer"] > p {{ font-size: 14px; margin: 0; }}
.st-key-ledger p {{ font-size: 13.5px; line-height: 30px; margin: 0; white-space: nowrap; overflow-x: auto; overflow-y: hidden; }}
.st-key-ledger .katex {{ font-size: 1.04em; }}
.st-key-ledger h6 {{ font-size: 14px; padding: 0 0 4px; border-bottom: 1px solid {line}; }}
[class*="st-key-wrong"], [class*="st-key-refused"], .st-key-break_banner {{ border-left: 4px solid {negative};
  padding-left: 10px; }}
.st-key-break_banner {{ gap: 2px; }} [class*="st-key-finding_"] {{ gap: 8px 12px; margin-bottom: -4px; }}
.st-key-break {{ border: 1px solid {line}; border-left: 5px solid {negative}; border-radius: 8px; padding: 12px 16px; gap: 10px; }}
[class*="st-key-finding_chain"] {{ gap: 0; overflow-x: auto; }} [class*="st-key-finding_"] .katex-display {{ margin: 4px 0; }}
[class*="st-key-finding_"] [data-testid="stMarkdownContainer"],
[class*="st-key-break"] [data-testid="stMarkdownContainer"] {{ margin-bottom: 0; }}
[class*="st-key-finding_"] [data-testid="stMarkdownContainer"] p {{ font-size: 14px; margin: 0; }}
[class*="st-key-break"] [data-testid="stMarkdownContainer"] p {{ margin: 0; }}
[class*="st-key-tables"] table {{ font-variant-numeric: tabular-nums; font-size: 14px; }}
.stButton button, .stDownloadButton button, .stButtonGroup button, [data-testid="stPopoverButton"] {{ min-height: 44px; }}
.stTextInput input, .stSelectbox input {{ min-height: 44px; }} .stCheckbox label {{ min-height: 44px; }}
[class*="_eta"] {{ transition: opacity 180ms; }} .bp-dragging [class*="_eta"] {{ opacity: .35; }}
.bp-dragging:has([class*="st-key-now"][class*="_eta"]) .bp-graph {{ opacity: .35; }}
[data-testid="stHeaderActionElements"] {{ display: none; }}
{dark}
@media (max-width: 1100px) {{
  [class*="st-key-now_many"] {{ --room: 288px; }} [class*="st-key-now_tall"] {{ --room: 320px; }}
  [class*="st-key-now_one"] {{ --room: 236px; }} .st-key-slot {{ min-height: 102px; }}
}}
@media (max-width: 760px) {{
  .st-key-navigation [data-testid="stMarkdown"] {{ display: none; }}
  [data-testid="stMainBlockContainer"] {{ padding: 12px 16px 24px; }}
  [data-testid="stBottomBlockContainer"] {{ padding: 8px 16px; }}
  .st-key-slot {{ min-height: 184px; }} [class*="st-key-ledger_"] {{ margin-top: 10px; }}
  .st-key-board [data-testid="stHorizontalBlock"]:has(.st-key-ledger) > [data-testid="stColumn"],
  .st-key-board [data-testid="stHorizontalBlock"]:has(.st-key-ledger) > [data-testid="stColumn"]
    > [data-testid="stVerticalBlock"] {{ display: contents; }}
  .st-key-board [data-testid="stLayoutWrapper"]:has(> .st-key-ledger) {{ order: 1; }}
}}
@media (prefers-reduced-motion: reduce) {{ [class*="_eta"] {{ transition: none; }} }}
</style>"""
DARK = """[data-testid="stBaseButton-primary"] {{ background: #0B7F61; border-color: #0B7F61; color: #fff; }}"""


def block(theme: str) -> None:
    """Written once per run, for the theme the reader has."""
    st.html(CSS.format(**PALETTE[theme], dark=DARK.format() if theme == "dark" else ""))
