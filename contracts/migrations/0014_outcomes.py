import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# Of what was read before. The trigger that keeps changed_at is held back: to clients nothing of this is a change.
READ_BEFORE = """
ALTER TABLE contracts_contract DISABLE TRIGGER contract_changed;
UPDATE contracts_contract SET language = coalesce(
    substring(warnings::text FROM 'This looks like (.*?)[.] Proviso reads English only'), 'English'
) WHERE read_at IS NOT NULL;
ALTER TABLE contracts_contract ENABLE TRIGGER contract_changed;
INSERT INTO contracts_pastreading (contract_id, started_at, ended_at, error_code, error_message, error_remedy)
SELECT id, started_at, coalesce(CASE WHEN state = 'failed' THEN started_at ELSE read_at END, changed_at),
    error_code, error_message, error_remedy
FROM contracts_contract WHERE state IN ('ready', 'failed');
"""
# To change the type of a column that it names, drop it first and create it again after.
VIEW = """
CREATE VIEW contracts_received_file AS
SELECT 'c' || id AS id, id AS contract_id, matter_id, file_name, came_in, received_by_id, received_at,
    CASE WHEN deleted_at IS NOT NULL THEN 'trash' WHEN state IN ('received', 'reading') THEN 'waiting' ELSE state END
        AS outcome,
    CASE WHEN state = 'failed' THEN error_message || ' ' || error_remedy ELSE '' END AS reason
FROM contracts_contract
UNION ALL
SELECT 'd' || duplicate.id, contract.id, contract.matter_id, duplicate.file_name, duplicate.came_in,
    duplicate.received_by_id, duplicate.received_at,
    CASE WHEN contract.deleted_at IS NOT NULL THEN 'trash' ELSE 'duplicate' END, ''
FROM contracts_duplicate AS duplicate JOIN contracts_contract AS contract ON contract.id = duplicate.contract_id
UNION ALL
SELECT 'r' || id, NULL, matter_id, file_name, '', received_by_id, received_at, 'refused', reason
FROM contracts_refusal;
"""


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("contracts", "0013_given_facts"),
    ]

    operations = [
        migrations.AddField(
            model_name="contract", name="came_in", field=models.CharField(blank=True, max_length=255, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="contract", name="language", field=models.CharField(blank=True, max_length=40, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="duplicate", name="came_in", field=models.CharField(blank=True, max_length=255, default=""),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="PastReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("error_code", models.CharField(blank=True, max_length=40)),
                ("error_message", models.TextField(blank=True)),
                ("error_remedy", models.TextField(blank=True)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="past_readings",
                        to="contracts.contract",
                    ),
                ),
            ],
            options={"ordering": ["-pk"]},
        ),
        migrations.CreateModel(
            name="Refusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=255)),
                ("reason", models.TextField()),
                ("received_at", models.DateTimeField(auto_now_add=True)),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contracts.matter"
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReceivedFile",
            fields=[
                ("id", models.CharField(max_length=24, primary_key=True, serialize=False)),
                ("file_name", models.CharField(max_length=255)),
                ("came_in", models.CharField(max_length=255, verbose_name="came in")),
                ("received_at", models.DateTimeField(verbose_name="received")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("ready", "Ready"),
                            ("duplicate", "Duplicate"),
                            ("failed", "Failed"),
                            ("waiting", "Waiting"),
                            ("refused", "Refused"),
                            ("trash", "In the trash"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField()),
            ],
            options={
                "verbose_name": "received file",
                "db_table": "contracts_received_file",
                "ordering": ["-received_at", "pk"],
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.RunSQL(READ_BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(VIEW, "DROP VIEW contracts_received_file"),
    ]
