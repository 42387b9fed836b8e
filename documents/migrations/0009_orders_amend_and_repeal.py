"""An order may amend or repeal another one; what it then says is as frozen as the rest of a registered order."""

import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models

from organizations import guards

MESSAGE = "a registered order cannot be changed"
MAY_CHANGE = {"id", "retention", "succeeded_by"}
TABLES = (("order", "OLD.state = 'approved'"), ("clause", "OLD.is_frozen"))


def protect(apps, schema_editor):
    """Name the new columns in the triggers; where SQLite made the table anew, they were gone altogether."""
    for name, when in TABLES:
        model = apps.get_model("documents", name)
        columns = [f.column for f in model._meta.concrete_fields if f.name not in MAY_CHANGE]
        install = {"when": when, "message": MESSAGE}
        table = model._meta.db_table
        for event, suffix, more in (("UPDATE", "frozen", {"columns": columns}), ("DELETE", "kept", {})):
            guards.remove(schema_editor.connection, f"{name}_{suffix}", table)
            guards.install(schema_editor.connection, f"{name}_{suffix}", table, event=event, **more, **install)


class Migration(migrations.Migration):
    dependencies = [("documents", "0008_addressees_and_row_remarks")]
    operations = [
        migrations.AddField(
            model_name="order",
            name="amends",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="amendments",
                to="documents.order",
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="restates",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="clause",
            name="data",
            field=models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True),
        ),
        migrations.AddField(
            model_name="clause",
            name="repeals",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="repealed_by",
                to="documents.clause",
            ),
        ),
        migrations.AlterField(
            model_name="appendix",
            name="kind",
            field=models.CharField(choices=[("plan", "the plan"), ("participants", "the participating schools"), ("consolidated", "the plan as amended, kept with the order and printed beside it")], max_length=12),
        ),
        migrations.AlterField(
            model_name="clause",
            name="kind",
            field=models.CharField(choices=[("written", "written"), ("approve", "approves the plan"), ("list", "approves the list of participants"), ("amend", "says what is amended"), ("change", "one of the changes"), ("restate", "gives the plan anew"), ("repeal", "says what loses force"), ("follow", "lets dates follow the plan above"), ("control", "says who controls")], default="written", max_length=8),
        ),
        migrations.AlterField(
            model_name="order",
            name="kind",
            field=models.CharField(choices=[("approve", "approves a document"), ("appoint", "appoints coordinators"), ("announce", "announces, informs, instructs"), ("amend", "amends another order"), ("repeal", "repeals another order or a clause of it")], default="approve", max_length=10, verbose_name="kind"),
        ),
        migrations.RunPython(protect, migrations.RunPython.noop, elidable=False),
    ]
