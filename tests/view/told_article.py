"""Every sentence of the article's page: all programs at their start, on the way and at the end, from seeds that die, get stuck and
solve, with every guess, right and wrong."""

from dataclasses import replace

from engine.experiment import Experiment
from engine.seeds import EPOCHS, REPAIRS
from engine.update import update_at
from view.article import article_board, article_path, article_proof, article_question, article_run, article_seeds
from view.article.article_program import bare, named
from view.text import Text


def runs() -> list[Experiment]:
    """Each program from seeds with different fates, from typed weights, and one whose numbers run away."""
    drawn = [replace(program, seed=seed) for program in REPAIRS.values() for seed in (0, 1, 3)]
    typed = replace(REPAIRS["bias"], weights=(2.0, 1.0, 0.0))
    lost = replace(REPAIRS["no_bias"], weights=(2.0, 1.0), rates=((0, 10.0),))
    died = replace(REPAIRS["hidden_2"], seed=250)
    return [*drawn, died, typed, replace(typed, weights=(-0.5, -1.0, 0.0)), lost]


def told(experiment: Experiment, text: Text) -> list[str]:
    """Every sentence about one run."""
    heres = [update_at(experiment, k) for k in (0, 1, 60, EPOCHS)]
    said = [article_run.sentence(experiment, here, text) for here in heres]
    for here in heres:
        said += [*_cells(article_run.epochs(experiment, here, text)), article_run.time_line(experiment, here, text)["texts"]["alt"]]
    proof = [article_proof.before(experiment, text), article_proof.after(experiment, text)]
    proof += [article_proof.seen(here, text) for here in heres]
    return [*said, *proof, article_board.recorded(experiment, text)]


def _cells(table: str) -> list[str]:
    return [cell.strip() for cell in table.replace("\n", "|").split("|") if any(c.isalnum() for c in cell)]


def article_page(text: Text) -> list[str]:
    said = [sentence for experiment in runs() for sentence in told(experiment, text)]
    for program in map(bare, REPAIRS.values()):
        said += [
            article_question.question(program, text),
            *(article_question.gap(program, way, text) for way in ("", *_ways(text))),
        ]
        said += article_seeds.picture(program, 0, text)["texts"].values()
        said += _cells(article_seeds.table(program, text))
    for card in article_path.cards("bias", text)["cards"]:
        said += [card[word] for word in ("name", "rate", "share", "counted", "others", "says")]
    said += [named(key, text) for key in REPAIRS]
    return [sentence for sentence in said if sentence]


def _ways(text: Text) -> dict[str, str]:
    return article_question.ways(text)
