"""A registered order with its clauses and appendices does not change; only its archive term and its successor may."""

from django.db import migrations

from organizations import guards

MESSAGE = "a registered order cannot be changed"
MAY_CHANGE = {"id", "retention", "succeeded_by"}


def protect(apps, schema_editor):
    for name, when in (("order", "OLD.state = 'approved'"), ("clause", "OLD.is_frozen"), ("appendix", "OLD.is_frozen")):
        model = apps.get_model("documents", name)
        columns = [f.column for f in model._meta.concrete_fields if f.name not in MAY_CHANGE]
        install = {"when": when, "message": MESSAGE}
        table = model._meta.db_table
        guards.install(schema_editor.connection, f"{name}_frozen", table, event="UPDATE", columns=columns, **install)
        guards.install(schema_editor.connection, f"{name}_kept", table, event="DELETE", **install)


def release(apps, schema_editor):
    for name in ("order", "clause", "appendix"):
        table = apps.get_model("documents", name)._meta.db_table
        guards.remove(schema_editor.connection, f"{name}_frozen", table)
        guards.remove(schema_editor.connection, f"{name}_kept", table)


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_orders_always_have_a_code")]
    operations = [migrations.RunPython(protect, release, elidable=False)]
