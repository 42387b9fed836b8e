"""How styles, scripts and pictures are kept in production: under names that change with their contents."""

import re
from collections.abc import Callable
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = "js/"
"""Where our own modules lie; scripts of others import what they like and are left as they came."""


class Storage(CompressedManifestStaticFilesStorage):
    """Our scripts import each other by these names too, so that no browser mixes the modules of two releases."""

    support_js_module_import_aggregation = True

    def url_converter(self, name: str, *args: Any, **kwargs: Any) -> Callable[[re.Match[str]], str]:
        """Leave the imports of other people's scripts alone."""
        if name.endswith(".js") and not name.startswith(OURS):
            return lambda match: match[0]
        return super().url_converter(name, *args, **kwargs)
