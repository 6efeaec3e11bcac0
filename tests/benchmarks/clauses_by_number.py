"""How many clauses of real laws are looked up right by number: `python -m tests.benchmarks.clauses_by_number FILE`.

FILE holds JSON lines, plain or packed: {"law", "article", "text"}, the first line of a text being the heading of its
Điều, the others its khoản and điểm.
"""

import gzip
import json
import random
import re
import sys
from collections import defaultdict
from pathlib import Path

from corpus.models import Document
from tests.embeddings.clauses import Clause, share_right

MOST = 1000
_CLAUSE = re.compile(r"(\d+)\.\s+(.*)", re.DOTALL)
_OUTSIDE = re.compile(r"(?:Phần thứ|Chương|Mục|Tiểu mục)\s+\w+|_{5,}")  # the next chapter, the law's end


def main(path: Path) -> None:
    """Print the share and the questions that went wrong."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    laws: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for line in raw.decode().splitlines():
        article = json.loads(line)
        laws[article["law"]].append(article)
    documents, asked = [], []
    for number, (law, articles) in enumerate(laws.items()):
        texts = []
        for article in articles:
            heading, *lines = [line.strip() for line in article["text"].splitlines() if line.strip()]
            texts += [f"Điều {article['article']}. {heading}", *lines]
            asked += [Clause(f"law{number}", law, *clause) for clause in clauses_of(article["article"], lines)]
        documents.append(Document(f"law{number}", law, None, None, None, None, "\n\n".join(texts), ""))
    asked = random.Random(0).sample(asked, min(MOST, len(asked)))
    share, wrong = share_right(documents, asked)
    print(f"{len(asked)} clauses of {len(documents)} laws: {share:.2%} looked up right")
    print("\n".join(wrong[:30]))


def clauses_of(article: str, lines: list[str]) -> list[tuple[str, str]]:
    """What each khoản of an Điều is called, and its text with its điểm."""
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if _OUTSIDE.match(line):
            break
        match = _CLAUSE.match(line)
        if match and int(match[1]) == len(found) + 1:
            found.append((f"khoản {match[1]} Điều {article}", [match[2]]))
        elif found:
            found[-1][1].append(line)
    return [(part, " ".join(" ".join(text).split())) for part, text in found]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
