"""Scores are read where their children are; a case that is sealed leaves no factor behind."""

from django.db import migrations

from tuoitho.access.rls import policies, sees

# When a case is sealed, what it had added to a score goes with it: the score is dropped and made
# anew without it, and the copy kept with a list of a round loses the factor.
FORGET = """
CREATE FUNCTION rounds_forget_sealed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    DELETE FROM rounds_riskscore s USING people_child c, people_child sealed
    WHERE s.child_id = c.id AND sealed.id = NEW.child_id
      AND (c.id = sealed.id OR c.household_id = sealed.household_id);
    UPDATE rounds_listedchild l
    SET factors = array_remove(array_remove(l.factors, 'past_case'), 'sibling_case')
    FROM people_child c, people_child sealed
    WHERE l.child_id = c.id AND sealed.id = NEW.child_id
      AND (c.id = sealed.id OR c.household_id = sealed.household_id);
    RETURN NULL;
END
$$;
CREATE TRIGGER rounds_forget_sealed AFTER UPDATE OF sealed ON cases_case
FOR EACH ROW WHEN (NEW.sealed AND NOT OLD.sealed) EXECUTE FUNCTION rounds_forget_sealed();
"""
UNDO = """
DROP TRIGGER rounds_forget_sealed ON cases_case;
DROP FUNCTION rounds_forget_sealed();
"""


class Migration(migrations.Migration):
    dependencies = [("rounds", "0002_row_level_security")]
    operations = [
        policies("rounds_riskscore", read=sees("rounds.view"), write=sees("rounds.manage")),
        migrations.RunSQL(FORGET, UNDO),
    ]
