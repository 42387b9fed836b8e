"""The portal's own order on its way to an edition."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0005_orders_always_have_a_code'),
        ('roadmaps', '0002_editions_in_force_immutable'),
    ]

    operations = [
        migrations.AddField(
            model_name='edition',
            name='prepared_order',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='prepared_edition', to='documents.order'),
        ),
    ]
