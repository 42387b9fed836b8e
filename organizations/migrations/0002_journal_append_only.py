"""The journal is appended to, never changed."""

from django.db import migrations

from organizations import guards

TABLE = "organizations_entry"
MESSAGE = "the journal is append-only"


def protect(apps, schema_editor):
    for event in ("UPDATE", "DELETE"):
        guards.install(schema_editor.connection, f"entry_no_{event.lower()}", TABLE, event=event, message=MESSAGE)


def release(apps, schema_editor):
    for event in ("UPDATE", "DELETE"):
        guards.remove(schema_editor.connection, f"entry_no_{event.lower()}", TABLE)


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial")]
    operations = [migrations.RunPython(protect, release, elidable=False)]
