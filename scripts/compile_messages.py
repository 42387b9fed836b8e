"""
Compile the translation catalogues: locale/<room>/<language>/LC_MESSAGES/django.po → .mo.

Babel does it, so that a machine which only runs the portal needs no gettext tools.
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogue(source: Path) -> bool:
    """Compile one catalogue if it is newer than its result; tell whether it was."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    with source.open("rb") as file:
        catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    unfinished = target.with_suffix(".mo.new")
    with unfinished.open("wb") as file:
        write_mo(file, catalogue)
    unfinished.replace(target)
    return True


def main() -> None:
    """Compile whatever changed, and drop results whose source is gone."""
    for target in LOCALE.glob("*/*/LC_MESSAGES/*.mo"):
        if not target.with_suffix(".po").exists():
            target.unlink()
    compiled = [source for source in sorted(LOCALE.glob("*/*/LC_MESSAGES/*.po")) if compile_catalogue(source)]
    if compiled:
        sys.stdout.write(f"Compiled {len(compiled)} translation catalogues\n")


if __name__ == "__main__":
    main()
