from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0004_access_and_webhooks'),
    ]

    operations = [
        migrations.AddField(
            model_name='auditevent',
            name='change',
            field=models.CharField(blank=True, default='', max_length=60),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='auditevent',
            name='action',
            field=models.CharField(choices=[('uploaded', 'Sent a file'), ('opened', 'Opened a contract or clause'), ('deleted', 'Moved a contract to the trash'), ('restored', 'Took a contract out of the trash'), ('purged', 'Deleted a contract for good'), ('related', 'Put a contract into a family, or took it out'), ('downloaded', 'Took the file of a contract'), ('searched', 'Asked a question, or looked for words'), ('reread', 'Looked at a stored answer again'), ('checked_absence', 'Had absence checked'), ('checked_playbook', 'Had contracts held against a playbook'), ('verified', 'Had a statement verified'), ('exported', 'Took an answer as a file'), ('decided', 'Decided on a clause of an answer'), ('disagreed', 'Disagreed with a verdict'), ('mailed', 'Was sent clauses by e-mail'), ('token.made', 'Made a token'), ('token.revoked', 'Revoked a token'), ('webhook.deleted', 'Deleted a webhook'), ('webhook.enabled', "Enabled somebody's webhook"), ('webhook.disabled', "Disabled somebody's webhook"), ('webhook.resent', 'Had a message of a webhook sent again'), ('webhook.made', 'Made a webhook'), ('webhook.changed', 'Changed a webhook'), ('webhook.secret', 'Gave a webhook a new secret'), ('member.added', 'Made somebody a member of a matter'), ('member.removed', 'Took somebody out of a matter'), ('wall.added', 'Walled somebody off from a matter'), ('wall.removed', 'Took a wall away'), ('matter.deleted', 'Deleted a matter'), ('read_again', 'Had a contract read again')], max_length=20),
        ),
    ]
