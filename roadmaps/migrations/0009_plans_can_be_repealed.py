"""A plan may lose its force by an order; none of its editions is in force then."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0009_orders_amend_and_repeal"),
        ("roadmaps", "0008_editor"),
    ]
    operations = [
        migrations.AddField(
            model_name="edition",
            name="repealed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="repealed_editions",
                to="documents.order",
            ),
        ),
    ]
