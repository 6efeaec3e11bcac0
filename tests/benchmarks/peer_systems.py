"""Programs that others search with, each as its documentation has it: BM25 and vectors joined, the model given.

All embed the same texts with the same model and E5's prompts, and keep what they indexed on disk. What a peer needs is
imported when it is used: each is installed in the peers' environment alone. mypy does not see them, hence `Any`.
"""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.benchmark_files import FOUND, MODEL, PASSAGES, lines

Search = Callable[[str], list[str]]
"""Question -> texts of the passages found, best first."""

QUESTION_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "
_ANY_WORD = r"(?u)\b\w+\b"


class Txtai:
    """Txtai's hybrid index: `Embeddings(hybrid=True)`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self) -> None:
        """Embed and index the passages."""
        prompts = {"query": QUESTION_PROMPT, "data": PASSAGE_PROMPT}
        model = str(self._folder / MODEL)
        embeddings = _of("txtai", "Embeddings")(path=model, hybrid=True, instructions=prompts)
        passages = lines(self._folder / PASSAGES)
        embeddings.index((number, one["titled"], None) for number, one in enumerate(passages))
        embeddings.save(str(self._folder / "txtai"))

    def open(self) -> Search:
        """Load what is indexed and the model."""
        embeddings = _of("txtai", "Embeddings")()
        embeddings.load(str(self._folder / "txtai"))
        texts = [one["text"] for one in lines(self._folder / PASSAGES)]
        return lambda question: [texts[int(number)] for number, _ in embeddings.search(question, FOUND)]


class Haystack:
    """Haystack's pipeline of a BM25 retriever and an embedding retriever over one store, joined by reciprocal rank."""

    def __init__(self, folder: Path) -> None:
        self._kept = folder / "haystack.json"
        self._folder = folder

    def build(self) -> None:
        """Embed the passages and write them into a store, which is saved."""
        document = _of("haystack", "Document")
        store = _of("haystack.document_stores.in_memory", "InMemoryDocumentStore")()
        embedder = self._embedder("SentenceTransformersDocumentEmbedder", PASSAGE_PROMPT)
        passages = [
            document(content=one["titled"], meta={"text": one["text"]}) for one in lines(self._folder / PASSAGES)
        ]
        policy = _of("haystack.document_stores.types", "DuplicatePolicy")
        store.write_documents(embedder.run(documents=passages)["documents"], policy=policy.SKIP)
        store.save_to_disk(str(self._kept))

    def open(self) -> Search:
        """Load the store and the model, connect the pipeline."""
        store = _of("haystack.document_stores.in_memory", "InMemoryDocumentStore").load_from_disk(str(self._kept))
        retrievers = "haystack.components.retrievers.in_memory"
        joiner = _of("haystack.components.joiners", "DocumentJoiner")
        pipeline = _of("haystack", "Pipeline")()
        pipeline.add_component("embedder", self._embedder("SentenceTransformersTextEmbedder", QUESTION_PROMPT))
        pipeline.add_component("words", _of(retrievers, "InMemoryBM25Retriever")(document_store=store))
        pipeline.add_component("vectors", _of(retrievers, "InMemoryEmbeddingRetriever")(document_store=store))
        pipeline.add_component("joiner", joiner(join_mode="reciprocal_rank_fusion", top_k=FOUND))
        pipeline.connect("embedder.embedding", "vectors.query_embedding")
        pipeline.connect("words", "joiner")
        pipeline.connect("vectors", "joiner")

        def search(question: str) -> list[str]:
            given = {"embedder": {"text": question}, "words": {"query": question}}
            return [found.meta["text"] for found in pipeline.run(given)["joiner"]["documents"]]

        return search

    def _embedder(self, kind: str, prompt: str) -> Any:
        embedder = _of("haystack_integrations.components.embedders.sentence_transformers", kind)(
            model=str(self._folder / MODEL), prefix=prompt, normalize_embeddings=True, progress_bar=False
        )
        embedder.warm_up()
        return embedder


class LlamaIndex:
    """LlamaIndex's vector index and BM25 retriever, joined by its `QueryFusionRetriever`.

    The BM25 retriever's defaults are English stop words and stems; Vietnamese has neither, so both are off.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept = str(folder / "llama_index")
        self._words = str(folder / "llama_index_bm25")

    def build(self) -> None:
        """Embed and index the passages."""
        node = _of("llama_index.core.schema", "TextNode")
        nodes = [
            node(
                id_=str(number),
                text=one["titled"],
                metadata={"text": one["text"]},
                excluded_embed_metadata_keys=["text"],
            )
            for number, one in enumerate(lines(self._folder / PASSAGES))
        ]
        index = _of("llama_index.core", "VectorStoreIndex")(nodes, embed_model=self._embedding())
        index.storage_context.persist(self._kept)
        self._bm25()(nodes=nodes, **self._word_settings(), similarity_top_k=_EACH).persist(self._words)

    def open(self) -> Search:
        """Load what is indexed and the model."""
        core = "llama_index.core"
        context = _of(core, "StorageContext").from_defaults(persist_dir=self._kept)
        index = _of(core, "load_index_from_storage")(context, embed_model=self._embedding())
        loaded = importlib.import_module("bm25s").BM25.load(self._words, load_corpus=True)
        words = self._bm25()(existing_bm25=loaded, **self._word_settings(), similarity_top_k=_EACH)
        fusion = _of("llama_index.core.retrievers", "QueryFusionRetriever")(
            [index.as_retriever(similarity_top_k=_EACH), words],
            llm=_of("llama_index.core.llms", "MockLLM")(),
            mode="reciprocal_rerank",
            similarity_top_k=FOUND,
            num_queries=1,  # no language model writes further questions
            use_async=False,
        )
        return lambda question: [found.node.metadata["text"] for found in fusion.retrieve(question)]

    @staticmethod
    def _bm25() -> Any:
        return _of("llama_index.retrievers.bm25", "BM25Retriever")

    @staticmethod
    def _word_settings() -> dict[str, Any]:
        return {"language": [], "skip_stemming": True, "token_pattern": _ANY_WORD}

    def _embedding(self) -> Any:
        return _of("llama_index.embeddings.huggingface", "HuggingFaceEmbedding")(
            model_name=str(self._folder / MODEL), query_instruction=QUESTION_PROMPT, text_instruction=PASSAGE_PROMPT
        )


_EACH = 10
"""Passages that each of two retrievers hands to what joins them, Haystack's default."""


def _of(module: str, name: str) -> Any:
    return getattr(importlib.import_module(module), name)
