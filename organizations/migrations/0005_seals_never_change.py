"""A seal is made once: it is never changed and never taken away."""

from django.db import migrations

from organizations import guards

TABLE = "organizations_seal"
MESSAGE = "a seal of the journal cannot be changed"


def protect(apps, schema_editor):
    for event in ("UPDATE", "DELETE"):
        guards.install(schema_editor.connection, f"seal_no_{event.lower()}", TABLE, event=event, message=MESSAGE)


def release(apps, schema_editor):
    for event in ("UPDATE", "DELETE"):
        guards.remove(schema_editor.connection, f"seal_no_{event.lower()}", TABLE)


class Migration(migrations.Migration):
    dependencies = [("organizations", "0004_seals")]
    operations = [migrations.RunPython(protect, release, elidable=False)]
