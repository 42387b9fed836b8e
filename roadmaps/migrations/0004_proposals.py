"""What a change above asks of a lower row, and what a lower row asks of the plan above."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('roadmaps', '0003_prepared_orders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('date', 'the date moved'), ('withdrawn', 'the row was withdrawn'), ('obliging', 'a new row obliges you'), ('wording', 'the wording changed'), ('executors', 'the executors changed'), ('another', 'another date is wished'), ('extend', 'an extension is wished')], max_length=9)),
                ('offered', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('start', models.DateField(null=True)),
                ('due', models.DateField(null=True)),
                ('conflict', models.CharField(blank=True, max_length=24)),
                ('wish', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('open', 'waits for an answer'), ('accepted', 'accepted'), ('offset', 'accepted with an offset'), ('kept', 'own date kept'), ('waived', 'not applicable'), ('declined', 'declined'), ('lapsed', 'lapsed')], default='open', max_length=8)),
                ('reason', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('edition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals', to='roadmaps.edition')),
                ('lower', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='roadmaps.commitment')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('roadmap', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='roadmaps.roadmap')),
                ('upper', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposals_below', to='roadmaps.commitment')),
                ('upper_row', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='roadmaps.deliverable')),
            ],
            options={
                'indexes': [models.Index(fields=['roadmap', 'state'], name='proposal_of_plan'), models.Index(fields=['upper', 'state'], name='proposal_of_upper')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('edition__isnull', False), ('lower__isnull', False)), fields=('lower', 'upper_row', 'kind', 'edition'), name='proposal_once_for_change'), models.UniqueConstraint(condition=models.Q(('lower', None)), fields=('upper', 'roadmap', 'edition'), name='proposal_of_a_new_row_once'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('lower', 'upper', 'kind'), name='proposal_one_open'), models.UniqueConstraint(condition=models.Q(('lower', None), ('state', 'open')), fields=('upper', 'roadmap'), name='proposal_one_open_of_a_new_row'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'obliging'), ('lower', None)), models.Q(models.Q(('kind', 'obliging'), _negated=True), ('lower__isnull', False)), _connector='OR'), name='proposal_has_a_row_unless_new'), models.CheckConstraint(condition=models.Q(models.Q(('edition', None), ('kind__in', ['another', 'extend'])), models.Q(models.Q(('kind__in', ['another', 'extend']), _negated=True), ('edition__isnull', False), ('upper_row__isnull', False)), _connector='OR'), name='proposal_from_above_has_an_edition'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['another', 'extend']), _negated=True), models.Q(('wish', ''), _negated=True), _connector='OR'), name='proposal_from_below_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['kept', 'waived', 'declined']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='proposal_refused_with_a_reason'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='proposal_answered_has_a_time')],
            },
        ),
    ]
