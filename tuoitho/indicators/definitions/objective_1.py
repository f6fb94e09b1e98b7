"""Objective 1 (I.2.a, I.3): finding, helping and following children who work or may come to."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models import Case, Category, Report
from tuoitho.cases.models.case import CaseQuerySet
from tuoitho.cases.models.screening import ScreeningQuerySet
from tuoitho.indicators.counting import CaseShare
from tuoitho.indicators.definitions.found import FoundAtHazard, RateOfSurvey
from tuoitho.indicators.definitions.indicator import Indicator
from tuoitho.indicators.places import Ask

IN_PROGRAMME = (Category.CHILD_LABOUR, Category.AT_RISK)
BY_CHILD = ("sex", "age", "category")


def notified(ask: Ask) -> Any:
    """Cases of every category of which the news came in the year."""
    rows = Case.objects.notified_in(ask.period).in_category(*Category.values)
    return rows.confirmed().happened_in(ask.places)


def helped_in_time(ask: Ask) -> Any:
    """Those helped within the time limits of the law and followed."""
    return notified(ask).supported_in_time()


def still_waiting(ask: Ask) -> str:
    """Reports of the year that nobody has taken up yet: in neither side, and worth saying."""
    rows = Report.objects.received_in(ask.period).waiting().happened_in(ask.places)
    count = rows.filter(sealed=False).count()
    said = gettext("Còn %(n)s tin báo trong năm chưa được sàng lọc, chưa có trong tử số và mẫu số.")
    return said % {"n": count} if count else ""


def in_programme(ask: Ask) -> Any:
    """Cases of children at risk or in child labour, open on at least one day of the year."""
    rows = Case.objects.active_in(ask.period).in_category(*IN_PROGRAMME)
    return rows.confirmed().happened_in(ask.places)


def learning(ask: Ask) -> Any:
    """Those with access to school or vocational training."""
    return in_programme(ask).with_education_access(ask.period)


def stopped(ask: Ask) -> Any:
    """Cases in which child labour was recorded to have stopped in the year."""
    rows = Case.objects.ceased_in(ask.period).in_category(Category.CHILD_LABOUR)
    return rows.happened_in(ask.places)


def begun_again(ask: Ask) -> Any:
    """Those in which child labour was found again, until today."""
    return stopped(ask).relapsed_after(ask.period)


# Not a target of the plan: shown beside them.
RELAPSE = "1.2.relapse"

INDICATORS = (
    Indicator(
        "1.1",
        _("Tỷ lệ lao động trẻ em trong dân số 5–17 tuổi"),
        _("Tỷ lệ ước lượng từ điều tra mẫu, có khoảng tin cậy. Không có điều tra thì không có tỷ"
          " lệ; số trẻ phát hiện trong sổ chia cho dân số 5–17 tuổi hiển thị bên cạnh, gọi là"
          " “phát hiện / dân số 5–17”."),
        _("Sổ chỉ biết trẻ đã được phát hiện nên không cho ra tỷ lệ của cả dân số. Số phát hiện:"
          " mỗi trẻ 5–17 tuổi một lần, có lần sàng lọc trong năm kết luận lao động trái quy định,"
          " hoặc có hồ sơ nhóm lao động trái quy định nhận tin trong năm."),
        "I.2.a",
        RateOfSurvey(),
        BY_CHILD,
        (ScreeningQuerySet.observed_in, ScreeningQuerySet.found_child_labour,
         CaseQuerySet.notified_in, CaseQuerySet.in_category, CaseQuerySet.confirmed),
    ),
    Indicator(
        "1.1.hazardous",
        _("Tỷ lệ làm công việc nặng nhọc, độc hại, nguy hiểm trong số lao động trẻ em"),
        _("Trong số trẻ 5–17 tuổi phát hiện là lao động trẻ em trong năm: số em làm công việc nặng"
          " nhọc, độc hại, nguy hiểm, chia cho số em phát hiện. Có điều tra mẫu thì lấy kết quả"
          " điều tra."),
        _("Theo sàng lọc và hồ sơ trong năm, mỗi trẻ một lần. Công việc chưa xác định được mức nguy"
          " hiểm tính vào mẫu số, không tính vào tử số."),
        "I.3",
        FoundAtHazard(),
        BY_CHILD,
        (ScreeningQuerySet.found_child_labour, ScreeningQuerySet.found_hazardous,
         CaseQuerySet.of_hazardous_work),
    ),
    Indicator(
        "1.2",
        _("Trẻ em có thông báo được hỗ trợ, can thiệp kịp thời, được quản lý, theo dõi"),
        _("Số trẻ mà mọi hồ sơ nhận tin trong năm đều đúng thời hạn và đã có dịch vụ hoặc lần thăm,"
          " chia cho số trẻ có hồ sơ nhận tin trong năm."),
        _("Mỗi trẻ một lần, thuộc ba nhóm: lao động trái quy định, có nguy cơ, bị mua bán; không kể"
          " hồ sơ đã xác minh là không phải. Đúng thời hạn: khẩn cấp thì đánh giá và có biện pháp"
          " trong 12 giờ; trình kế hoạch trong 5 ngày làm việc; phê duyệt trong 2 ngày làm việc"
          " (Điều 26, 28, 31 NĐ 56/2017; hai thời hạn sau không áp dụng với trường hợp khẩn cấp và"
          " với người 16–17 tuổi)."
          " Tổng của huyện có cả hồ sơ niêm phong; các dòng theo xã không có."),
        "I.2.a",
        CaseShare(notified, helped_in_time, every=True, beside=still_waiting),
        BY_CHILD,
        (CaseQuerySet.notified_in, CaseQuerySet.in_category, CaseQuerySet.confirmed,
         CaseQuerySet.supported_in_time),
    ),
    Indicator(
        "1.3",
        _("Trẻ em có nguy cơ, lao động trẻ em được tiếp cận giáo dục phổ thông, đào tạo nghề"),
        _("Số trẻ đang học phổ thông, học nghề vào ngày cuối năm (năm nay: hôm nay) hoặc trong năm"
          " có dịch vụ giáo dục, đào tạo nghề, chia cho số trẻ đang quản lý trong năm."),
        _("Mỗi trẻ một lần, có hồ sơ nhóm có nguy cơ hoặc lao động trái quy định mở ít nhất một"
          " ngày trong năm. Tổng của huyện có cả hồ sơ niêm phong; các dòng theo xã không có."),
        "I.2.a",
        CaseShare(in_programme, learning, every=False),
        BY_CHILD,
        (CaseQuerySet.active_in, CaseQuerySet.in_category, CaseQuerySet.confirmed,
         CaseQuerySet.with_education_access),
    ),
    Indicator(
        RELAPSE,
        _("Tỷ lệ trẻ lao động trở lại sau khi đã chấm dứt"),
        _("Số trẻ bị phát hiện lao động trái quy định trở lại, đến nay, chia cho số trẻ được ghi"
          " chấm dứt lao động trái quy định trong năm."),
        _("Mỗi trẻ một lần, hồ sơ nhóm lao động trái quy định. Chấm dứt: các lần thăm liên tiếp"
          " cách nhau đủ số ngày của tham số. Trở lại: lần thăm hoặc sàng lọc sau đó kết luận lao"
          " động trái quy định. Không phải chỉ tiêu của kế hoạch; xem bên cạnh chỉ tiêu 1.2."),
        "II.4",
        CaseShare(stopped, begun_again, every=False),
        BY_CHILD,
        (CaseQuerySet.ceased_in, CaseQuerySet.relapsed_after, CaseQuerySet.in_category),
    ),
)  # fmt: skip
