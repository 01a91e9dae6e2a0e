"""What the reader sees: words, equations, pictures and controls. It reads the engine and never computes mathematics."""
