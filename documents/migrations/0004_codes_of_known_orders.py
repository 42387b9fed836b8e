"""Orders that were there before get a verification code, the time of their entry and the series of their number."""

from django.db import migrations

from documents.codes import new_code


def fill(apps, schema_editor):
    order = apps.get_model("documents", "Order")
    for one in order.objects.filter(code=None).iterator():
        _digits, dash, letters = one.number.partition("-")
        one.code = new_code()
        one.drafted_at = one.changed_at = one.registered_at
        one.drafted_by_id = one.registered_by_id
        one.series = one.series or (letters.casefold()[:20] if dash and not letters.isdigit() else "")
        one.save(update_fields=["code", "drafted_at", "changed_at", "drafted_by", "series"])


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_orders_on_their_way")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
