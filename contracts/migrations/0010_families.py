import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contracts', '0009_trash'),
    ]

    operations = [
        migrations.RenameField(
            model_name='contract',
            old_name='main_agreement',
            new_name='parent',
        ),
        migrations.AlterField(
            model_name='contract',
            name='parent',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='children', to='contracts.contract'),
        ),
        migrations.AddField(
            model_name='contract',
            name='relation',
            field=models.CharField(blank=True, choices=[('amendment', 'Amendment of'), ('exhibit', 'Exhibit of'), ('schedule', 'Schedule of'), ('order', 'Order under'), ('restatement', 'Restatement of')], max_length=11),
        ),
    ]
