"""Seals over the journal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizations", "0003_russian_collation")]
    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="number")),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("after", models.BigIntegerField()),
                ("until", models.BigIntegerField()),
                ("count", models.PositiveIntegerField(verbose_name="entries")),
                ("leaves", models.JSONField(default=list)),
                ("content", models.CharField(max_length=64)),
                ("former", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64, verbose_name="hash")),
            ],
            options={
                "verbose_name": "seal of the journal",
                "verbose_name_plural": "seals of the journal",
                "ordering": ["-number"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("after__lt", models.F("until"))), name="seal_range_not_empty")
                ],
            },
        ),
    ]
