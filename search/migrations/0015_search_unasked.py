from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def mark_arrivals(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    found = apps.get_model("search", "Arrival").objects.values("search")
    apps.get_model("search", "Search").objects.filter(pk__in=found).update(unasked=True)


class Migration(migrations.Migration):
    dependencies = [("search", "0014_clause_codes")]

    operations = [
        migrations.AddField("search", "unasked", models.BooleanField(default=False)),
        migrations.RunPython(mark_arrivals, migrations.RunPython.noop),
    ]
