"""Addresses of administration, one module a namespace."""
