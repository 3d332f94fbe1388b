from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contracts", "0018_amounts")]

    operations = [
        migrations.AddField("passage", "left_out", models.JSONField(null=True)),
        migrations.AddField("passage", "of_clause", models.PositiveIntegerField(null=True)),
    ]
