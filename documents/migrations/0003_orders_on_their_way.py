"""Orders on their way: states, visas, appendices, rendered files, submissions."""

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What stands in the tables already came from paper: it is registered, and its clauses are frozen. 0005 sets the defaults right.


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_initial'),
        ('organizations', '0003_russian_collation'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appendix',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('plan', 'the plan'), ('participants', 'the participating schools')], max_length=12)),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.TextField(blank=True)),
                ('data', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('is_frozen', models.BooleanField(default=False, editable=False)),
            ],
            options={
                'verbose_name': 'appendix',
                'verbose_name_plural': 'appendices',
                'ordering': ['order', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('publishes_plans', models.BooleanField(default=False, help_text='Anybody on the internet may read them. Names are shown only if the organization allows that.', verbose_name='plans in force have a public page')),
                ('series', models.CharField(blank=True, help_text='Orders on main activity and on staff are numbered apart.', max_length=20, verbose_name='letters after the number')),
            ],
            options={
                'verbose_name': 'office',
                'verbose_name_plural': 'offices',
            },
        ),
        migrations.CreateModel(
            name='RenderedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('order', 'order with appendices'), ('plan', 'Appendix 1, the plan'), ('stamped', 'plan with the stamp of approval'), ('participants', 'Appendix 2, the participating schools'), ('visas', 'visa sheet')], max_length=12)),
                ('state', models.CharField(choices=[('queued', 'waits for its turn'), ('rendering', 'being made'), ('ready', 'ready'), ('failed', 'could not be made')], default='queued', max_length=9)),
                ('source_hash', models.CharField(max_length=64)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('lease_until', models.DateTimeField(null=True)),
                ('requested_at', models.DateTimeField()),
                ('ready_at', models.DateTimeField(null=True)),
                ('content', models.FileField(blank=True, upload_to='rendered/%Y/%m/')),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'verbose_name': 'rendered file',
                'verbose_name_plural': 'rendered files',
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300, verbose_name='what is sent')),
                ('due', models.DateField(null=True)),
                ('state', models.CharField(choices=[('awaited', 'not sent yet'), ('sent', 'sent'), ('received', 'received'), ('returned', 'returned with remarks')], default='awaited', max_length=8)),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('remark', models.TextField(blank=True)),
                ('sent_on', models.DateField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='where it comes from')),
            ],
            options={
                'verbose_name': 'submission',
                'verbose_name_plural': 'submissions',
                'ordering': ['due', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Visa',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('post', models.CharField(max_length=300, verbose_name='position and body')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('state', models.CharField(choices=[('waiting', 'not given yet'), ('agreed', 'agreed'), ('remarks', 'remarks attached')], default='waiting', max_length=7)),
                ('given_on', models.DateField(blank=True, null=True, verbose_name='date')),
                ('remark', models.TextField(blank=True, verbose_name='remarks')),
            ],
            options={
                'verbose_name': 'visa',
                'verbose_name_plural': 'visas',
                'ordering': ['order', 'place'],
            },
        ),
        migrations.AlterModelOptions(
            name='order',
            options={'ordering': [models.OrderBy(models.F('signed_on'), descending=True, nulls_first=True), '-pk'], 'verbose_name': 'order', 'verbose_name_plural': 'orders'},
        ),
        migrations.RemoveConstraint(
            model_name='order',
            name='order_has_a_number',
        ),
        migrations.RemoveConstraint(
            model_name='order',
            name='order_year_is_of_its_date',
        ),
        migrations.AddField(
            model_name='clause',
            name='asked',
            field=models.CharField(choices=[('nobody', 'nobody'), ('municipalities', 'each municipality'), ('schools', 'each school'), ('institutes', 'each institute')], default='nobody', max_length=14, verbose_name='who sends something'),
        ),
        migrations.AddField(
            model_name='clause',
            name='asked_for',
            field=models.CharField(blank=True, max_length=200, verbose_name='what is sent'),
        ),
        migrations.AddField(
            model_name='clause',
            name='depth',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='clause',
            name='executors',
            field=models.CharField(blank=True, max_length=400, verbose_name='executors'),
        ),
        migrations.AddField(
            model_name='clause',
            name='is_frozen',
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AddField(
            model_name='clause',
            name='kind',
            field=models.CharField(choices=[('written', 'written'), ('approve', 'approves the plan'), ('list', 'approves the list of participants'), ('follow', 'lets dates follow the plan above'), ('control', 'says who controls')], default='written', max_length=8),
        ),
        migrations.AddField(
            model_name='clause',
            name='sent_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='sent to'),
        ),
        migrations.AddField(
            model_name='order',
            name='basis',
            field=models.TextField(blank=True, verbose_name='in execution of'),
        ),
        migrations.AddField(
            model_name='order',
            name='changed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='code',
            field=models.CharField(editable=False, max_length=12, null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='content_hash',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='order',
            name='controller',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.position', verbose_name='controlled by'),
        ),
        migrations.AddField(
            model_name='order',
            name='drafted_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='drafted_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='order',
            name='handed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='handed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='order',
            name='issuer_genitive',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='order',
            name='kind',
            field=models.CharField(choices=[('approve', 'approves a document'), ('appoint', 'appoints coordinators'), ('announce', 'announces, informs, instructs')], default='approve', max_length=10, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='order',
            name='remark',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='order',
            name='retention',
            field=models.CharField(choices=[('permanent', 'permanently'), ('75', '75 years'), ('10', '10 years'), ('5', '5 years'), ('3', '3 years')], default='permanent', max_length=10, verbose_name='retention term'),
        ),
        migrations.AddField(
            model_name='order',
            name='signatory',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.position', verbose_name='signatory'),
        ),
        migrations.AddField(
            model_name='order',
            name='signature',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signed_orders', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='order',
            name='signed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='order',
            name='signed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='order',
            name='state',
            field=models.CharField(choices=[('draft', 'draft'), ('handed', 'handed for signing'), ('signed', 'signed, not registered'), ('approved', 'registered')], default='approved', max_length=10, verbose_name='state'),
        ),
        migrations.AddField(
            model_name='order',
            name='succeeded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successors_of', to='documents.order'),
        ),
        migrations.AlterField(
            model_name='clause',
            name='text',
            field=models.TextField(verbose_name='text of the clause'),
        ),
        migrations.AlterField(
            model_name='order',
            name='number',
            field=models.CharField(blank=True, max_length=40, verbose_name='number'),
        ),
        migrations.AlterField(
            model_name='order',
            name='registered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='order',
            name='signed_on',
            field=models.DateField(null=True, verbose_name='date'),
        ),
        migrations.AlterField(
            model_name='order',
            name='year',
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['organization', 'state'], name='order_of_organization'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.CheckConstraint(condition=models.Q(('depth__lte', 3)), name='clause_four_levels'),
        ),
        migrations.AddField(
            model_name='appendix',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appendices', to='documents.order'),
        ),
        migrations.AddField(
            model_name='office',
            name='organization',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='office', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='renderedfile',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rendered', to='documents.order'),
        ),
        migrations.AddField(
            model_name='submission',
            name='clause',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='documents.clause'),
        ),
        migrations.AddField(
            model_name='submission',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='submission',
            name='files',
            field=models.ManyToManyField(blank=True, related_name='submissions', to='documents.storedfile'),
        ),
        migrations.AddField(
            model_name='submission',
            name='order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='documents.order'),
        ),
        migrations.AddField(
            model_name='submission',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='submission',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions_received', to='organizations.organization'),
        ),
        migrations.AddField(
            model_name='submission',
            name='sent_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='visa',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visas', to='documents.order'),
        ),
        migrations.AddField(
            model_name='visa',
            name='position',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.position'),
        ),
        migrations.AddConstraint(
            model_name='appendix',
            constraint=models.UniqueConstraint(fields=('order', 'number'), name='appendix_number_once'),
        ),
        migrations.AddConstraint(
            model_name='appendix',
            constraint=models.UniqueConstraint(fields=('order', 'kind'), name='appendix_kind_once'),
        ),
        migrations.AddConstraint(
            model_name='appendix',
            constraint=models.CheckConstraint(condition=models.Q(('is_frozen', False), ('data__isnull', False), _connector='OR'), name='appendix_frozen_whole'),
        ),
        migrations.AddIndex(
            model_name='renderedfile',
            index=models.Index(condition=models.Q(('state', 'ready'), _negated=True), fields=['state'], name='rendered_file_waiting'),
        ),
        migrations.AddConstraint(
            model_name='renderedfile',
            constraint=models.UniqueConstraint(fields=('order', 'kind', 'source_hash'), name='rendered_file_once'),
        ),
        migrations.AddConstraint(
            model_name='renderedfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(models.Q(('sha256', ''), _negated=True), models.Q(('content', ''), _negated=True), ('ready_at__isnull', False)), _connector='OR'), name='rendered_file_ready_has_a_hash'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['recipient', 'state'], name='submission_recipient'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('clause', 'organization'), name='submission_once_for_clause'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(condition=models.Q(('clause', None)), fields=('order', 'recipient'), name='submission_once_for_order'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_on', None), ('state', 'awaited')), models.Q(models.Q(('state', 'awaited'), _negated=True), ('sent_on__isnull', False)), _connector='OR'), name='submission_sent_has_a_date'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('remark', ''), ('state', 'returned'), _negated=True), name='submission_returned_with_remarks'),
        ),
        migrations.AddConstraint(
            model_name='visa',
            constraint=models.UniqueConstraint(fields=('order', 'place'), name='visa_place_once'),
        ),
        migrations.AddConstraint(
            model_name='visa',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('given_on', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('given_on__isnull', False)), _connector='OR'), name='visa_given_has_a_date'),
        ),
        migrations.AddConstraint(
            model_name='visa',
            constraint=models.CheckConstraint(condition=models.Q(('remark', ''), ('state', 'remarks'), _negated=True), name='visa_remarks_say_what'),
        ),
    ]
