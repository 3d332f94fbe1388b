from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0025_hit_left_out")]

    operations = [migrations.AddField("hit", "reason_code", models.CharField(max_length=20, blank=True))]
