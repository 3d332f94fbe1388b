from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0022_close_calls_of_arrivals"),
    ]

    operations = [
        migrations.AddField(
            model_name="hit",
            name="under",
            field=models.PositiveIntegerField(null=True),
        ),
    ]
