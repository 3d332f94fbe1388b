from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="hit",
            name="contract_date",
            field=models.CharField(blank=True, max_length=60),
        ),
    ]
