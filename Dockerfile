# One image for every part of Amparo but PostgreSQL. No engine has built it (docs/operations.md, "In containers").
FROM python:3.11-slim-trixie

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONUNBUFFERED=1
WORKDIR /app

# By hash, as on every other machine. A change of our own files leaves this layer as it is.
COPY requirements.lock ./
RUN python -m pip install --require-hashes -r requirements.lock

COPY pyproject.toml README.md settings.py ./
COPY policies policies
COPY states states
COPY structure structure
COPY records records
COPY reports reports
COPY web web
COPY actions actions
COPY api api
COPY flows flows
COPY cli cli
RUN python -m pip install --no-deps --no-index --no-build-isolation --editable . \
 && python -m compileall -q /app

# Nobody's account by default; docker-compose.yml runs it as the owner of the data.
USER 10001:10001
ENTRYPOINT ["amparo"]
CMD ["--help"]
