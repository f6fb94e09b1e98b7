"""Money is seen by unit; a line is written by who drafts, appraises or spends there."""

from django.db import migrations

from tuoitho.access.rls import follows, policies, scoped, sees

HANDLES = " OR ".join(sees(f"budget.{verb}") for verb in ("estimate", "approve", "spend"))


class Migration(migrations.Migration):
    dependencies = [
        ("budget", "0001_tables"),
        ("access", "0002_row_level_security"),
    ]
    operations = [
        policies("budget_line", read=sees("budget.view"), write=f"({HANDLES})"),
        follows("budget_linemove", parent="budget_line", column="line_id"),
        follows("budget_expenditure", parent="budget_line", column="line_id"),
        scoped("budget_contribution", view="budget.view", write="budget.spend"),
        follows("budget_contributionuse", parent="budget_contribution", column="contribution_id"),
    ]
