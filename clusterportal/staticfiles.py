"""How styles, scripts and pictures are kept in production: under names that change with their contents."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """Scripts import each other by these names too, so that no browser mixes the modules of two releases."""

    support_js_module_import_aggregation = True
