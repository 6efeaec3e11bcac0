"""What changes which index answers, for bot and board alike: reindexing behind the gate of the settings, going back."""

from dataclasses import replace

from bot.data_folder.writer import only_writer
from bot.evaluation.gate_before_publishing import gate_beside
from bot.model_wiring import model_when_needed
from bot.reindexing import Progress, ReindexReport
from bot.settings import Settings
from bot.wiring import answerer_over, open_index, open_indexer
from embeddings.retriever import Retriever


def reindex(settings: Settings, on_progress: Progress | None = None) -> ReindexReport:
    """Bring the index up to date; with DANVAN_GATE set, only if the new one reaches the floors beside that gold set.

    Raises:
        DanvanError: as `bot.reindexing.Indexer.reindex`, or if the gold set cannot be used.
    """
    if settings.gate is None:
        return open_indexer(settings).reindex(on_progress=on_progress)
    check = gate_beside(settings.gate, lambda retriever: answerer_over(settings, retriever))
    missed: list[str] = []

    def accepts(retriever: Retriever) -> bool:
        missed.extend(check(retriever, lambda *_: None).sentences)
        return not missed

    report = open_indexer(settings).reindex(gate=accepts, on_progress=on_progress)
    return replace(report, missed=tuple(missed), gated=True)


def roll_back(settings: Settings, to: str | None = None) -> tuple[str | None, str]:
    """Have the index before answer again, or the one named.

    Returns:
        Ids of the generation that answered, and of the one that does now.

    Raises:
        DanvanError: if there is none to go back to, or somebody else is writing.
    """
    with only_writer(settings.data_dir, "rollback"):
        store = open_index(settings)
        before = store.published_id()
        fingerprint = model_when_needed(settings).fingerprint if before else None
        return before, store.rollback(settings.keep_generations, fingerprint, to).id
