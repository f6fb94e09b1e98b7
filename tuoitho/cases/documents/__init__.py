"""The forms of NĐ 56/2017 as Word: what each holds, from where, and how it is laid out."""
