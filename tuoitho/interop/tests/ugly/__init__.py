"""Files as communes and schools really keep them, made by ``make_ugly.py`` from invented people."""
