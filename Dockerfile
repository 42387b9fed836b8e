# syntax=docker/dockerfile:1
# One image for web, worker, beat and migrations; the command decides which.

FROM python:3.11-slim-bookworm AS wheels
WORKDIR /build
COPY requirements.txt .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        fontconfig fonts-liberation2 fonts-paratype \
        libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --home-dir /app --no-create-home --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal /data /app /app/collected

ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MALLOC_ARENA_MAX=2 \
    DATA_DIR=/data \
    STATIC_ROOT=/app/collected \
    XDG_CACHE_HOME=/tmp/cache \
    PORT=8000

COPY --from=wheels /venv /venv
WORKDIR /app
COPY . .

# Everything that does not depend on the installation is done once, here: catalogues compiled, styles and scripts
# gathered, hashed and compressed. The variables below only satisfy the settings while this one command runs.
RUN python -m scripts.compile_messages \
    && python -m compileall -q -j 0 /app \
    && PRODUCTION=True SECRET_KEY=only-while-building BASE_URL=https://build.invalid ALLOWED_HOSTS=build.invalid \
       DATABASE_URL=sqlite:////tmp/build.sqlite3 REDIS_URL=redis://build.invalid DATA_DIR=/tmp/build \
       python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf /tmp/build

USER portal
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=12s --start-period=60s --retries=3 CMD ["python", "-m", "clusterportal.probe", "web"]
CMD ["gunicorn", "--config", "python:clusterportal.web", "--bind", "0.0.0.0:8000", "clusterportal.wsgi"]
