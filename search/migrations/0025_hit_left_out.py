from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0024_passages_of_contracts_begun")]

    operations = [
        migrations.AddField("hit", "left_out", models.JSONField(null=True)),
        migrations.AddField("hit", "of_clause", models.PositiveIntegerField(null=True)),
    ]
