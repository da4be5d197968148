"""All questions, in the order they are asked and shown: importing their modules registers them."""

from kmedoids_bench.experiments.audit import questions, bad_input_questions  # isort: skip  # the order of the columns
from kmedoids_bench.experiments.audit.question import REGISTERED, Question

QUESTIONS: dict[str, Question] = REGISTERED

__all__ = ["QUESTIONS", "bad_input_questions", "questions"]
