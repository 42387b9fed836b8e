"""An answer stands in an edition: with a discarded draft it falls."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('roadmaps', '0004_proposals'),
    ]

    operations = [
        migrations.AddField(
            model_name='proposal',
            name='answered_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='roadmaps.edition'),
        ),
    ]
