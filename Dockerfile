# The Telegram bot: `docker compose up` with a token in .env.
FROM python:3.11-slim-bookworm AS build

# torch from PyTorch's own index, CPU build: the one on PyPI brings gigabytes of CUDA.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/danvan && /opt/danvan/bin/pip install "torch>=2.6" --index-url "${TORCH_INDEX}"
WORKDIR /src
COPY pyproject.toml README.md LICENSE NOTICE.md ./
COPY corpus corpus
COPY embeddings embeddings
COPY bot bot
RUN /opt/danvan/bin/pip install ".[postgres]"

FROM python:3.11-slim-bookworm
# Scans are recognised by Tesseract, old Word files read by antiword and catdoc.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-vie antiword catdoc \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin danvan \
    && install --directory --owner=danvan --group=danvan /data
COPY --from=build /opt/danvan /opt/danvan
ENV PATH=/opt/danvan/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DANVAN_DATA_DIR=/data \
    HF_HOME=/data/models
USER 10001
WORKDIR /data
VOLUME /data
# The index is built at first start, which takes a while; after that the bot leaves a sign of life every 15 seconds.
HEALTHCHECK --interval=30s --timeout=15s --start-period=10m --retries=3 \
    CMD ["python", "-m", "bot.telegram.health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["danvan"]
CMD ["serve"]
