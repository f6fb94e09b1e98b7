"""What an installation makes of the data it finds."""

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tuoitho.config import postgres, serve
from tuoitho.config.install import as_owner
from tuoitho.config.test_database import cloned


def test_data_of_a_version_half_way_to_todays_are_refused_in_words(
    server, django_db_setup, django_db_blocker, worker_id, monkeypatch
):
    name = f"tuoitho_old_{worker_id}"
    monkeypatch.setattr(postgres, "start", lambda: (server, name))
    monkeypatch.setattr(serve, "connect_database", lambda: True)
    with django_db_blocker.unblock(), cloned(server, name):
        assert serve.install_only(verbosity=0) == 0  # today's data go on
        with as_owner(server, name):
            taken = MigrationRecorder(connection).migration_qs.filter(app="people")
            taken.filter(name="0007_merge").delete()
        with pytest.raises(SystemExit, match="TUOITHO_DATA"):
            serve.install_only(verbosity=0)
