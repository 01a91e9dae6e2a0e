"""The page "Network": its drawing, the operation, layer or number up close, the time line, and what goes wrong."""
