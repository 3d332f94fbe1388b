import django.utils.timezone
from django.db import migrations, models

# In the database, as many changes are single UPDATE statements that no model sees.
TRIGGER = """
UPDATE contracts_contract SET changed_at = greatest(received_at, started_at, read_at, deleted_at);
CREATE FUNCTION contract_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_at = clock_timestamp();
    RETURN NEW;
END $$;
CREATE TRIGGER contract_changed BEFORE INSERT OR UPDATE ON contracts_contract
    FOR EACH ROW EXECUTE FUNCTION contract_changed();
"""
NO_TRIGGER = "DROP TRIGGER contract_changed ON contracts_contract; DROP FUNCTION contract_changed();"


class Migration(migrations.Migration):

    dependencies = [
        ('contracts', '0010_families'),
    ]

    operations = [
        migrations.AddField(
            model_name='contract',
            name='changed_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.RunSQL(TRIGGER, NO_TRIGGER),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['changed_at'], name='contracts_changed'),
        ),
    ]
