"""A name with a hamlet behind it is one question of the index."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("tuoitho.people.migrations.0016_find_nearest")

# The hamlet with the name: of a name that thousands have, the rows of the hamlet asked for are read
# and no others. The day of birth behind it still sorts out rows before they are read.
INDEX = """
DROP INDEX people_child_folded;
CREATE INDEX people_child_folded
ON people_child (folded_name COLLATE "C", folded_hamlet COLLATE "C", birth_date);
"""
OLD_INDEX = """
DROP INDEX people_child_folded;
CREATE INDEX people_child_folded ON people_child (folded_name COLLATE "C", birth_date);
"""

# "nguyen van an thon 3": any of its beginnings is the name, what follows the hamlet, with or without
# the word for hamlet.
PLACE = """
            ELSIF cardinality(parts) > 3 THEN
"""
HAMLET = """
            ELSIF cardinality(parts) > 3 THEN
                EXECUTE named || ' AND c.folded_hamlet COLLATE "C" = ANY ($5)' || up_to INTO got
                USING units, ARRAY(
                    SELECT array_to_string(parts[:place], ' ')
                    FROM generate_series(2, cardinality(parts) - 1) place
                ), born, most, ARRAY(
                    SELECT prefix || regexp_replace(array_to_string(parts[place:], ' '),
                        '^(thon|xom) ', '')
                    FROM generate_series(3, cardinality(parts)) place,
                        unnest('{"", "thon ", "xom "}'::text[]) prefix);
                found := found || got;
            END IF;
            IF cardinality(parts) > 3 AND cardinality(found) = 0 THEN
"""
assert BEFORE.FIND.count(PLACE) == 1
FIND = BEFORE.FIND.replace(PLACE, HAMLET)


class Migration(migrations.Migration):
    dependencies = [("people", "0017_words_of_many")]
    operations = [
        migrations.RunSQL(INDEX, OLD_INDEX),
        migrations.RunSQL(BEFORE.DROP, BEFORE.FIND),
        migrations.RunSQL(FIND, BEFORE.DROP),
    ]
