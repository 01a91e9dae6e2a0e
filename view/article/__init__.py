"""The page "The article's program": its run, a thousand seeds, the proof and the repair path."""
