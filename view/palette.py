"""Colour belongs to the mathematics: one meaning, one colour, on every page and in every picture. This is their only home; the
browser's components get the same table."""

PALETTE = {
    "light": {
        "page": "#FFFFFF", "panel": "#F6F7F5", "line": "#DFE3E1",
        "value": "#17212B", "second": "#56626D", "later": "#667079", "later_shape": "#A9B2B9",
        "gradient": "#A63292", "positive": "#0B3BB8", "negative": "#B54604", "next": "#007A52",
        "now": "#FFF0B3", "now_edge": "#D9A900",
        "surface": ["#173B50", "#3F7089", "#86ABBC", "#C4D5DB", "#EEF1EF"],
        "fate_valley": "#16384C", "fate_valley2": "#3C728C", "fate_valley3": "#5E93AB",
        "fate_basin": "#93BCCD", "fate_basin2": "#B9D3DD",
        "fate_right": "#16384C", "fate_dead": "#D5D8D4", "fate_undecided": "#FFFFFF", "fate_elsewhere": "#EEF1EF",
        "fate_swings": "#D8D3E6", "fate_diverged": "#F3D9C8",
    },
    "dark": {
        "page": "#12161B", "panel": "#1A2028", "line": "#303A44",
        "value": "#E9EDF0", "second": "#A0ACB7", "later": "#7F8B97", "later_shape": "#5C6873",
        "gradient": "#E092E0", "positive": "#86A7FF", "negative": "#F49A63", "next": "#28C79C",
        "now": "#443A10", "now_edge": "#E3B505",
        "surface": ["#C9E9F5", "#8FBFD3", "#527E93", "#2F4A58", "#1F2C35"],
        "fate_valley": "#D5EEF8", "fate_valley2": "#8FBFD3", "fate_valley3": "#6E9FB4",
        "fate_basin": "#4C7689", "fate_basin2": "#35525F",
        "fate_right": "#D5EEF8", "fate_dead": "#353C44", "fate_undecided": "#12161B", "fate_elsewhere": "#1F2C35",
        "fate_swings": "#3F3A55", "fate_diverged": "#573723",
    },
}  # fmt: skip
SURFACE_STOPS = (0, 0.12, 0.35, 0.65, 1)  # of the surface colours, from the lowest loss to the highest
