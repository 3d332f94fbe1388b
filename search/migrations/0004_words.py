"""An index over every word of every passage, stop words included."""

from django.db import migrations, models

CONFIGURATION = (
    "CREATE TEXT SEARCH CONFIGURATION proviso_words (COPY = pg_catalog.simple)",
    # The shipped english_stem has a stop list, with "not", "no" and "only" on it.
    "CREATE TEXT SEARCH DICTIONARY proviso_stem (TEMPLATE = pg_catalog.snowball, Language = english)",
)
NO_CONFIGURATION = (
    "DROP TEXT SEARCH DICTIONARY proviso_stem",
    "DROP TEXT SEARCH CONFIGURATION proviso_words",
)
INDEX = r"""
CREATE INDEX search_passage_words ON contracts_passage USING gin (
    to_tsvector('proviso_words', regexp_replace(reading, '[^A-Za-z0-9\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u1FFF]+', ' ', 'g'))
)
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0003_reviews"), ("contracts", "0001_initial")]

    operations = [
        migrations.RunSQL(CONFIGURATION, NO_CONFIGURATION),
        migrations.RunSQL(INDEX, "DROP INDEX search_passage_words"),
        migrations.AlterField("hit", "similarity", models.FloatField(null=True)),
        migrations.AddField("search", "understood", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AlterField("search", "verifier_name", models.CharField(blank=True, max_length=80)),
        migrations.AlterField("search", "verifier_sha256", models.CharField(blank=True, max_length=64)),
    ]
