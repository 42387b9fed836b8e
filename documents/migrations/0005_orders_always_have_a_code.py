"""What every order has from now on, and what the states promise."""

import documents.codes
from django.db import migrations, models

STATES = [
    ('draft', 'draft'), ('handed', 'handed for signing'), ('signed', 'signed, not registered'), ('approved', 'registered')
]


class Migration(migrations.Migration):
    dependencies = [('documents', '0004_codes_of_known_orders')]

    operations = [
        migrations.AlterField(
            model_name='order',
            name='code',
            field=models.CharField(default=documents.codes.new_code, editable=False, max_length=12, unique=True),
        ),
        migrations.AlterField(model_name='order', name='changed_at', field=models.DateTimeField()),
        migrations.AlterField(model_name='order', name='drafted_at', field=models.DateTimeField()),
        migrations.AlterField(
            model_name='order',
            name='state',
            field=models.CharField(choices=STATES, default='draft', max_length=10, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='clause', name='is_frozen', field=models.BooleanField(default=False, editable=False)
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('registered_at__isnull', False), ('state', 'approved'), ('year__isnull', False), models.Q(('number', ''), _negated=True)), models.Q(models.Q(('state', 'approved'), _negated=True), ('number', ''), ('registered_at', None), ('year', None)), _connector='OR'), name='order_number_when_registered'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['signed', 'approved']), _negated=True), ('signed_on__isnull', False), _connector='OR'), name='order_signed_has_a_date'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('year', None), ('signed_on__year', models.F('year')), _connector='OR'), name='order_year_of_its_date'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('original__isnull', False), ('signature__isnull', False), _connector='OR'), name='order_registered_has_a_file'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), ('from_paper', True), models.Q(('content_hash', ''), _negated=True), _connector='OR'), name='order_handed_has_a_hash'),
        ),
    ]
