"""An environment of their own for the programs that this one is compared with, made on first use below var/bench."""

import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_MARK = "installed"


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that is compared.

    Attributes:
        name: as the page calls it.
        packages: what pip installs for it, with the versions whose interface `peer_systems` uses.
        told: package whose version the page tells.
    """

    name: str
    packages: tuple[str, ...]
    told: str


TXTAI = Peer("txtai hybrid", ("txtai==9.14.0",), "txtai")
HAYSTACK = Peer("Haystack", ("haystack-ai==3.4.1", "sentence-transformers-haystack==2.0.0"), "haystack-ai")
LLAMA_INDEX = Peer(
    "LlamaIndex",
    (
        "llama-index-core==0.14.25",
        "llama-index-embeddings-huggingface==0.8.0",
        "llama-index-retrievers-bm25==0.8.0",
    ),
    "llama-index-core",
)
PEERS = (TXTAI, HAYSTACK, LLAMA_INDEX)


@dataclass(frozen=True, slots=True)
class PeerEnvironment:
    """Where peers run.

    Attributes:
        python: the program.
        installed: peers that are there.
        failed: name of a peer that could not be installed -> the last line of what pip said.
    """

    python: Path
    installed: tuple[Peer, ...]
    failed: dict[str, str]

    def version(self, package: str) -> str:
        """The version of a package there."""
        asked = f"from importlib.metadata import version; print(version({package!r}))"
        return subprocess.run([self.python, "-c", asked], check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def open_environment(folder: Path) -> PeerEnvironment:
    """Make the environment, or open it where it was made before; a peer that cannot be installed is left out.

    This project's packages (torch, FAISS, transformers) are seen from there, so that no second torch of several
    gigabytes is fetched and all run on the same versions where a peer does not ask for others.
    """
    place = folder / "venv"
    python = place / "bin" / "python"
    if not python.exists():
        shutil.rmtree(place, ignore_errors=True)
        venv.create(place, with_pip=True)
        [packages] = (place / "lib").glob("python*/site-packages")
        own = Path(np.__file__).parent.parent
        (packages / "danvan_packages.pth").write_text(f"{own}\n", "utf-8")
    failed: dict[str, str] = {}
    for peer in PEERS:
        wanted = "\n".join(peer.packages)
        mark = place / f"{_MARK}-{peer.told}"
        if mark.exists() and mark.read_text("utf-8") == wanted:
            continue
        print(f"installing {', '.join(peer.packages)}", file=sys.stderr)
        done = subprocess.run(
            [python, "-m", "pip", "install", "-q", *peer.packages], check=False, stderr=subprocess.PIPE, text=True
        )
        if done.returncode:
            said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["pip failed"]
            failed[peer.name] = said[-1].removeprefix("ERROR: ")
        else:
            mark.write_text(wanted, "utf-8")
    return PeerEnvironment(python, tuple(peer for peer in PEERS if peer.name not in failed), failed)
