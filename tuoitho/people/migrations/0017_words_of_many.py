"""Many rows at once: words and membership are kept by a statement, not once for every row of it.

Each new carer had its child's row written anew, into all its indexes. Who writes children together
with their carers now gives the carers' words with the child (the column ``search_words``); the
trigger adds those of the row, and a carer whose words are there already changes nothing.
"""

from importlib import import_module

from django.db import migrations

# As 0009 and 0013 have them, to go back to.
BEFORE_WORDS = import_module("tuoitho.people.migrations.0009_search").WORDS
BEFORE_MEMBERSHIP = import_module("tuoitho.people.migrations.0013_membership_kept").KEEP

GIVEN = """
CREATE OR REPLACE FUNCTION people_child_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off AS
$$
DECLARE
    given tsvector := CASE WHEN TG_OP = 'INSERT' THEN strip(NEW.search_words) END;
BEGIN
    NEW.search_words := array_to_tsvector(ARRAY(
        SELECT DISTINCT word FROM unnest(string_to_array(concat_ws(' ',
            NEW.folded_name, NEW.folded_hamlet,
            (SELECT h.folded_head_name FROM people_household h WHERE h.id = NEW.household_id),
            (SELECT string_agg(g.folded_name, ' ') FROM people_guardian g
             WHERE g.child_id = NEW.id OR g.household_id = NEW.household_id)), ' ')) word
        WHERE word <> '')) || coalesce(given, '');
    RETURN NEW;
END
$$;
"""

# Past row-level security, and by index only, as in 0009. A new carer only adds words.
CARERS = """
CREATE FUNCTION people_new_carers_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS
$$
BEGIN
    UPDATE people_child SET search_words = NULL WHERE id = ANY (ARRAY(
        SELECT c.id FROM new_rows g JOIN people_child c ON c.id = g.child_id
        WHERE NOT string_to_array(g.folded_name, ' ') <@ tsvector_to_array(c.search_words)
        UNION
        SELECT c.id FROM new_rows g JOIN people_child c ON c.household_id = g.household_id
        WHERE NOT string_to_array(g.folded_name, ' ') <@ tsvector_to_array(c.search_words)));
    RETURN NULL;
END
$$;
DROP TRIGGER people_carer_words ON people_guardian;
CREATE TRIGGER people_carer_words
AFTER UPDATE OF child_id, household_id, folded_name ON people_guardian
FOR EACH ROW EXECUTE FUNCTION people_carer_words();
CREATE TRIGGER people_new_carers_words AFTER INSERT ON people_guardian
REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION people_new_carers_words();
"""

MEMBERSHIP = """
CREATE FUNCTION people_begin_membership() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS
$$
BEGIN
    INSERT INTO people_membership (child_id, household_id, valid)
    SELECT id, household_id, daterange(registered_on, NULL) FROM new_rows
    WHERE household_id IS NOT NULL;
    RETURN NULL;
END
$$;
DROP TRIGGER people_keep_membership ON people_child;
CREATE TRIGGER people_keep_membership AFTER UPDATE OF household_id ON people_child
FOR EACH ROW EXECUTE FUNCTION people_keep_membership();
CREATE TRIGGER people_begin_membership AFTER INSERT ON people_child
REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION people_begin_membership();
"""


def _again(statement: str, begin: str) -> str:
    """The part of an earlier migration from ``begin`` to the end of that statement."""
    start = statement.index(begin)
    end = statement.find("\n\n", start)
    return statement[start : end if end > 0 else len(statement)]


class Migration(migrations.Migration):
    dependencies = [("people", "0016_find_nearest")]
    operations = [
        migrations.RunSQL(
            GIVEN,
            _again(BEFORE_WORDS, "CREATE FUNCTION people_child_words")
            .split("CREATE TRIGGER")[0]
            .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"),
        ),
        migrations.RunSQL(
            CARERS,
            "DROP TRIGGER people_new_carers_words ON people_guardian;"
            " DROP FUNCTION people_new_carers_words;"
            " DROP TRIGGER people_carer_words ON people_guardian;"
            + _again(BEFORE_WORDS, "CREATE TRIGGER people_carer_words"),
        ),
        migrations.RunSQL(
            MEMBERSHIP,
            "DROP TRIGGER people_begin_membership ON people_child;"
            " DROP FUNCTION people_begin_membership;"
            " DROP TRIGGER people_keep_membership ON people_child;"
            + _again(BEFORE_MEMBERSHIP, "CREATE TRIGGER people_keep_membership"),
        ),
    ]
