"""Say whether a model runs on a machine, and how it comes to that."""

import json
import sys
from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from calculators.answering import as_document, as_lines, as_row
from calculators.asking import Names, QuestionError
from calculators.estimating import answer
from calculators.measured_speeds import MeasuredRows

OPTIONS: tuple[tuple[str, type, str], ...] = (
    ("--model", str, "Slug, dotted slug or alias of a model."),
    ("--quantization", str, "As in the name of the file: Q4_K_M, AWQ-4bit, FP8."),
    ("--hardware", str, "Slug of a card or chip; several unequal ones with commas."),
    ("--engine", str, "llama-cpp, ollama, lm-studio, vllm, mlx, ..."),
    ("--engine-version", str, "b5400 for llama.cpp, 0.22.0 for vLLM."),
    ("--hardware-count", int, "How many of the hardware."),
    ("--context-tokens", int, "Prompt and answer together."),
    ("--kv-cache-type", str, "f16, q8_0, fp8, ..."),
    ("--parallel-sequences", int, "Slots or requests at once."),
    ("--micro-batch", int, "llama.cpp -ub."),
    ("--weights-bytes", int, "Size of the file, if you have it."),
    ("--split", str, "layer, row, tensor or none."),
    ("--host-ram-bytes", int, "Memory of the computer around the cards."),
    ("--operating-system-version", str, "Of macOS, where it decides."),
)
NEEDED = ("model", "quantization", "hardware", "engine")


class Command(BaseCommand):
    help = "Estimate memory, fit and speed of a model on a machine."

    def add_arguments(self, parser: CommandParser) -> None:
        for option, kind, text in OPTIONS:
            parser.add_argument(option, type=kind, help=text)
        parser.add_argument("--context", type=int, help="Same as --context-tokens.")
        parser.add_argument("--json", action="store_true", help="Everything, as JSON.")
        parser.add_argument(
            "--batch",
            action="store_true",
            help="Read JSON lines from standard input, write one line for each.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["batch"]:
            names, rows = Names(), MeasuredRows()
            for line in sys.stdin:
                if line.strip():
                    row = answered(line, names, rows)
                    self.stdout.write(json.dumps(row, ensure_ascii=False))
                    self.stdout.flush()
            return
        self._answer_one(options)

    def _answer_one(self, options: Mapping[str, Any]) -> None:
        question = question_from(options)
        missing = [name for name in NEEDED if not question.get(name)]
        if missing:
            raise CommandError(f"Give --{missing[0]}, or use --batch.")
        try:
            estimate = answer(question)
        except QuestionError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            document = as_document(estimate)
            self.stdout.write(json.dumps(document, indent=2, ensure_ascii=False))
            return
        for line in as_lines(estimate):
            self.stdout.write(line)


def question_from(options: Mapping[str, Any]) -> dict[str, Any]:
    names = [option.removeprefix("--").replace("-", "_") for option, _, _ in OPTIONS]
    question = {name: options[name] for name in names if options[name] is not None}
    if options["context"] is not None:
        question.setdefault("context_tokens", options["context"])
    return question


def answered(line: str, names: Names, rows: MeasuredRows) -> dict[str, Any]:
    """The answer to one line; what cannot be answered says why, and never raises."""
    key = None
    try:
        question = json.loads(line)
        if not isinstance(question, dict):
            raise QuestionError("Give one JSON object on each line.")
        key = question.get("id")
        return {"id": key, **as_row(answer(question, names, rows))}
    except json.JSONDecodeError as error:
        return {"id": key, "error": f"This line is not JSON: {error.msg}."}
    except QuestionError as error:
        return {"id": key, "error": str(error)}
    except Exception as error:  # noqa: BLE001 - a batch goes on whatever one line does
        return {
            "id": key,
            "error": f"This line could not be worked out ({type(error).__name__}). "
            "Please report it with the line.",
        }
