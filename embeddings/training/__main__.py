"""Trains the reader: `python -m embeddings.training --xquad FOLDER --work FOLDER [--write FILE]` (see README.md).

Started again with the same folder of work it goes on where it was stopped.
"""

import argparse
import json
import sys
from pathlib import Path

from embeddings.reading.loading_reader import read_with
from embeddings.reading.windows import Features
from embeddings.training.examples import examples
from embeddings.training.export import export
from embeddings.training.figures import figures
from embeddings.training.recipe import LANGUAGES, SEED, STAGES
from embeddings.training.train import ADAPTER, adapted, bundled_module, train
from embeddings.training.training_texts import Text, is_own, read_texts, read_xquad


def main() -> int:
    """Train all stages that are not done yet, write the file and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--xquad", type=Path, required=True, help="folder of XQuAD, one file a language")
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--write", type=Path, help="where the trained file goes (default: WORK/reader.safetensors)")
    arguments = parser.parse_args()
    texts = [*read_xquad(arguments.xquad, list(LANGUAGES)), *read_texts()]
    target = arguments.write or arguments.work / "reader.safetensors"
    export(_train(texts, arguments.work), target, {"name": "danvan-reader-1", "seed": str(SEED)})
    sys.stdout.write(json.dumps(measured(target, texts), indent=1) + "\n")
    return 0


def measured(weights: Path, texts: list[Text]) -> dict[str, dict[str, float]]:
    """Figures of a trained file on what was kept for validation: XQuAD in Vietnamese, and our own texts."""
    reader = read_with(weights)
    kept = [text for text in texts if text.validation and text.language == "vi"]
    return {
        "xquad": figures(reader, [text for text in kept if not is_own(text)], titled=False),
        "own": figures(reader, [text for text in kept if is_own(text)], titled=True),
    }


def _train(texts: list[Text], work: Path) -> Path:
    features = Features(bundled_module().tokenizer)
    training = [text for text in texts if not text.validation]
    before: Path | None = None
    for stage in STAGES:
        adapter = work / stage.name / ADAPTER
        if not adapter.is_dir():
            shown = examples(training, stage.plan, features, SEED)
            sys.stdout.write(f"stage {stage.name}: {len(shown)} examples\n")
            adapter = train(stage, adapted(before), shown, work / stage.name)
        before = adapter
    assert before is not None  # noqa: S101 - there is at least one stage
    return before


if __name__ == "__main__":
    sys.exit(main())
