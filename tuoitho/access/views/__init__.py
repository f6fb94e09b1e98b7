"""Screens of administration: people and roles, units and organisations, the log.

Units and the log stand below access and cannot guard their own pages, so their screens are here.
"""
