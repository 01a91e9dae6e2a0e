"""What may be chosen for a hyper-parameter, each in one place. The bounds let absurd values in (β = 1, ε = 0, η = 1000000), because
what goes wrong then is worth seeing; beyond them a value is refused."""

BOUNDS = {
    "lr": (0.0, 1e6),  # η, the learning rate
    "momentum": (0.0, 1.0),  # β of heavy ball and Nesterov
    "alpha": (0.0, 1.0),  # how much of the mean square RMSprop keeps
    "beta1": (0.0, 1.0),  # how much of the mean Adam keeps
    "beta2": (0.0, 1.0),  # how much of the mean square Adam keeps
    "eps": (0.0, 1.0),  # ε, against a division by 0
    "start": (0.0, 10.0),  # what Adagrad's sum of squares starts from
    "decay": (0.0, 1.0),  # AdamW's decoupled weight decay
    "psi": (0.0, 1.0),  # how fast NAdam's momentum warms up
    "l2": (0.0, 10.0),  # weight decay as a part of the gradient
    "clip_value": (1e-6, 1e6),
    "clip_norm": (1e-6, 1e6),
    "gamma": (0.0, 1.0),  # the factor of a step or an exponential schedule
    "every": (1, 10_000),  # updates between two steps of a schedule
    "total": (1, 10_000),  # updates until a cosine schedule ends
    "warm": (1, 10_000),  # updates of a warm-up
}
