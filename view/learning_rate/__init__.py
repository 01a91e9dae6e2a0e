"""The page "Learning rate": where the run ends for every rate, this step before it is taken, and the map of fates."""
