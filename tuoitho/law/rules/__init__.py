"""The rules, one module per article. Each check's docstring begins with its citation."""
