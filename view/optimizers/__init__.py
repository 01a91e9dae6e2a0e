"""The page "Optimizers": several of them make their updates together, from the same weights, on the same loss."""
