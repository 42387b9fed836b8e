"""Rows of editions in force do not change: only their end (`until`) may be written."""

from django.db import migrations

from organizations import guards

TABLES = ["headingtext", "deliverable", "link", "assignment", "obliged", "waiver", "explanation"]
DRAFT = 32_000


def protect(apps, schema_editor):
    for name in TABLES:
        model = apps.get_model("roadmaps", name)
        columns = [f.column for f in model._meta.concrete_fields if f.name not in {"id", "until"}]
        table = model._meta.db_table
        when = f"OLD.since < {DRAFT}"
        message = "an edition in force cannot be changed"
        guards.install(schema_editor.connection, f"{name}_frozen", table, event="UPDATE", columns=columns, when=when, message=message)
        guards.install(schema_editor.connection, f"{name}_kept", table, event="DELETE", when=when, message=message)


def release(apps, schema_editor):
    for name in TABLES:
        table = apps.get_model("roadmaps", name)._meta.db_table
        guards.remove(schema_editor.connection, f"{name}_frozen", table)
        guards.remove(schema_editor.connection, f"{name}_kept", table)


class Migration(migrations.Migration):
    dependencies = [("roadmaps", "0001_initial")]
    operations = [migrations.RunPython(protect, release, elidable=False)]
