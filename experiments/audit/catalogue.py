"""All questions in the order in which they are asked and shown. Importing their modules registers them."""

from kmedoids_bench.experiments.audit import bad_input_questions, questions
from kmedoids_bench.experiments.audit.question import REGISTERED, Question

QUESTIONS: dict[str, Question] = REGISTERED

__all__ = ["QUESTIONS", "bad_input_questions", "questions"]
