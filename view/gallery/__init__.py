"""The parts of the page "Activations and losses", one topic each: they say, print and draw what the engine has computed."""
