# Dragoman as a server, on the CPU: docker build -t dragoman . && docker run -p 127.0.0.1:7860:7860 -v models:/models dragoman
FROM python:3.12-slim

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

# PyTorch comes first and alone, so that nothing else chooses its build. Plain, it brings CUDA, gigabytes that a server
# without a GPU never uses: --build-arg TORCH_INDEX=<the address of PyTorch's own index of CPU builds> leaves them out.
ARG TORCH_INDEX=""
COPY constraints.txt ./
RUN pip install --constraint constraints.txt ${TORCH_INDEX:+--index-url "$TORCH_INDEX"} torch

COPY pyproject.toml README.md LICENSE models.yaml ./
COPY translate ./translate
COPY seeds ./seeds
RUN pip install --constraint constraints.txt '.[embedded,semantic,web]'

# Models are fetched and converted into a volume, so that a new image does not fetch them again.
RUN useradd --create-home --uid 1000 dragoman && mkdir /models && chown dragoman:dragoman /models
USER dragoman
ENV HF_HOME=/models/hub DRAGOMAN_CACHE=/models/converted
VOLUME /models

EXPOSE 7860
# The first start fetches and converts a model before the port opens.
HEALTHCHECK --interval=30s --timeout=5s --start-period=15m \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:7860/healthz', timeout=4)"]
# Inside the container every address is the container's own; who can reach it, `docker run -p` decides. More options, such
# as --user or --frame, come in DRAGOMAN_SERVE.
ENV DRAGOMAN_SERVE=""
CMD ["sh", "-c", "exec dragoman serve --host 0.0.0.0 $DRAGOMAN_SERVE"]
