"""Screens of the register: the list, one workplace, what happens to it, craft villages."""
