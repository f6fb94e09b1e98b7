"""The screens of the register, by noun."""
