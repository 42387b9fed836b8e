"""Plans carried into the next period, and what that leaves to decide."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('roadmaps', '0005_answers_in_an_edition'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='roadmap',
            name='carried_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='carried_on', to='roadmaps.roadmap'),
        ),
        migrations.CreateModel(
            name='CarriedQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('date', 'a date to look at'), ('no-date', 'no deadline'), ('executor', 'an executor who has left'), ('closed', 'a closed organization'), ('link', 'a link to the plan above'), ('waiver', 'not applicable, last year'), ('one-off', 'probably done once'), ('text', 'a date in the text')], max_length=9)),
                ('facts', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('settled_at', models.DateTimeField(null=True)),
                ('commitment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='carried_questions', to='roadmaps.commitment')),
                ('roadmap', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='carried_questions', to='roadmaps.roadmap')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('upper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='roadmaps.commitment')),
            ],
            options={
                'verbose_name': 'question of a carried plan',
                'verbose_name_plural': 'questions of carried plans',
                'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['roadmap'], name='carried_question_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('upper', None)), fields=('commitment', 'code'), name='carried_question_once_a_row'), models.UniqueConstraint(fields=('commitment', 'upper'), name='carried_question_once_a_link')],
            },
        ),
    ]
