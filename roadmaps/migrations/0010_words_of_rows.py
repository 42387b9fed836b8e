"""PostgreSQL finds words of results and titles by an index of their Russian stems; SQLite reads the texts."""

from django.db import migrations

INDEXES = (("deliverable_words", "roadmaps_deliverable", "text"), ("heading_words", "roadmaps_headingtext", "title"))


def make(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name, table, column in INDEXES:
        schema_editor.execute(
            f"CREATE INDEX {name} ON {table} USING gin (to_tsvector('russian', translate({column}, 'Ёё<>', 'Ее  ')))"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name, _table, _column in INDEXES:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("roadmaps", "0009_plans_can_be_repealed")]
    operations = [migrations.RunPython(make, drop, elidable=False)]
