"""Every bound of the engine and of what a reader may type, each in one place. Beyond a bound a value is refused with a
sentence that names it; it is never bent into range silently."""

UPDATES = 10_000  # the latest update a reader can stand at
RATE = (0.001, 10.0)  # learning rates that can be chosen
WEIGHT = (-1000.0, 1000.0)  # start weights
WEIGHTS = (1, 600)  # how many of them can be typed: the largest network a reader can build has fewer
LOGITS = (2, 5)  # how many of them the gallery's softmax takes
INPUT = (-1000.0, 1000.0)  # inputs and targets of the one sample
SEED = (0, 999_999)
RATES = 40  # how many changes of the learning rate one run may hold
QUERY = 2_000  # characters of an address we read
HIDDEN = (4, 8)  # hidden layers and units in each that a reader may choose
AHEAD = 1_000  # updates that a sweep or a map of fates looks ahead
LAYERS = 6  # layers of weights in one network
UNITS = 64  # units in one layer
SAMPLES = 2_000
SHOWN = 8  # samples that are shown one by one; thousands of runs are followed on no more
PROBABILITY = 1e-7  # probabilities are clipped to [1e-7, 1 - 1e-7] before a logarithm, as Keras does
LEAK = 0.01  # slope of leaky ReLU to the left of 0, as in Maas et al. 2013 and PyTorch
COLUMNS = 16  # of a reader's own table; its rows are SAMPLES
TABLE_MB = 2  # megabytes of such a table; .streamlit/config.toml tells the browser the same
CELL = (-1_000_000, 1_000_000)  # its numbers
NAME = 32  # characters of a column's name that are kept
FILE_MB = 2  # megabytes of an experiment's file; as TABLE_MB, the most that the browser hands over
TOLD = 5  # refusals of one file that are told one by one
PART_WORK = 15_000_000  # samples × weights × updates of a run made at once: half a second or less, as the bar waits for it
CURE_WORK = 35_000_000  # and of all the runs that a click on a remedy may try
RUNS_MB = 128  # megabytes of all runs that the server keeps, and again of their parts joined
SHELF_MB = 32  # megabytes of tables and weights too long for an address that the server keeps
RACE_NUMBERS = 2_000_000  # numbers that a race keeps of all its lanes, 16 MB: fewer updates where there are more weights
RACES_MB = 128  # megabytes of all the races that the server keeps
SWEEP_WORK = 40_000_000  # rates × updates × weights × samples of one sweep for the best rates, up to which it tries more rates
SWEEP_MOST = 400_000_000  # and beyond which it does not look so far ahead: about two seconds
