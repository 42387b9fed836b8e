"""The order of Russian names; SQLite is taught it with every connection."""

from django.db import migrations


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE COLLATION IF NOT EXISTS russian (provider = icu, locale = 'ru-u-kn-true')")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP COLLATION IF EXISTS russian")


class Migration(migrations.Migration):
    dependencies = [("organizations", "0002_journal_append_only")]
    operations = [migrations.RunPython(create, drop, elidable=False)]
