"""Numbers of the model as sentences."""

from math import exp

from django.utils.translation import gettext as _

from tuoitho.ui.formats import vn_number

NOTHING = 0.05  # smaller coefficients say nothing


def coefficient_in_words(value: float) -> str:
    """ "gấp 3,2 lần": the odds with the factor against without it, all else equal."""
    if abs(value) < NOTHING:
        return _("gần như không làm thay đổi khả năng")
    times = vn_number(round(exp(abs(value)), 1), 1)
    if value > 0:
        return _("khả năng (tỷ số chênh) gấp %(times)s lần") % {"times": times}
    return _("khả năng (tỷ số chênh) chỉ bằng 1/%(times)s") % {"times": times}
