"""A job is its owner's; the worker reads it as the system and does it as the owner."""

from django.db import migrations

from tuoitho.access.rls import follows, policies


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_tables"),
        ("access", "0002_row_level_security"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        # Anyone may write a job: a notice hands its e-mails to the system.
        policies(
            "jobs_job", read="owner_id = access_person() OR access_is_system()", write="true"
        ),
        follows("jobs_jobrow", parent="jobs_job", column="job_id"),
    ]
