"""Comparison tables are made in the background as other files are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_orders_amend_and_repeal")]
    operations = [
        migrations.AlterField(
            model_name="renderedfile",
            name="kind",
            field=models.CharField(
                choices=[
                    ("order", "order with appendices"),
                    ("plan", "Appendix 1, the plan"),
                    ("stamped", "plan with the stamp of approval"),
                    ("participants", "Appendix 2, the participating schools"),
                    ("visas", "visa sheet"),
                    ("project", "draft of the plan"),
                    ("cover", "plan with a title page"),
                    ("nameless", "plan without names"),
                    ("comparison", "comparison table"),
                ],
                max_length=12,
            ),
        ),
    ]
