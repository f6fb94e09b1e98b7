"""What the bodies of the demonstration write in their yearly reports; the figures are computed."""

from tuoitho.cases.models import Case, Report
from tuoitho.lib.periods import Period
from tuoitho.reports.models import Consolidation, UnitReport
from tuoitho.reports.owed import in_sentence
from tuoitho.units.models import Unit

OFFICE_WORK = {
    "ldtbxh": ("group_4", "Phòng tham mưu triển khai Kế hoạch đến các xã; hướng dẫn quy trình tiếp "
               "nhận, đánh giá, lập kế hoạch hỗ trợ theo Nghị định số 56/2017/NĐ-CP; theo dõi thời "
               "hạn 12 giờ và 05 ngày làm việc của từng hồ sơ trên hệ thống."),
    "gddt": ("group_2", "Các trường tổ chức sinh hoạt chuyên đề cho học sinh và giáo viên, giới "
             "thiệu Tổng đài 111; giáo viên chủ nhiệm báo ngay khi học sinh nghỉ học nhiều buổi."),
    "congan": ("group_4", "Công an phối hợp xác minh nơi ở, hoàn cảnh của trẻ theo tin báo; rà "
               "soát các cơ sở kinh doanh có điều kiện, nhắc không nhận người chưa thành niên."),
    "kinhte": ("group_5", "Phòng hướng dẫn hợp tác xã, hộ làng nghề ký cam kết không sử dụng lao "
               "động trẻ em; duy trì mô hình làng nghề không có lao động trẻ em."),
    "vhtt": ("group_2", "Hệ thống truyền thanh cơ sở phát tin, bài định kỳ; cổng thông tin đăng "
             "bài về quy định sử dụng lao động chưa thành niên, số điện thoại tiếp nhận tin báo."),
    "tckh": ("group_6", "Phòng thẩm định dự toán của các đơn vị, bố trí kinh phí thực hiện Chương "
             "trình trong dự toán chi thường xuyên; hướng dẫn thanh quyết toán đúng quy định."),
    "mttq": ("group_7", "Mặt trận Tổ quốc giám sát việc thực hiện Kế hoạch tại các khu dân cư; vận "
             "động các hộ kinh doanh cam kết không sử dụng lao động trẻ em."),
    "phunu": ("group_6", "Hội vận động hội viên giúp gia đình có trẻ có nguy cơ vay vốn, phát "
              "triển kinh tế; tuyên truyền lồng ghép trong sinh hoạt chi hội."),
    "doantn": ("group_2", "Đoàn Thanh niên, Hội đồng Đội tổ chức diễn đàn, hội thi cho thiếu nhi "
               "về quyền trẻ em và phòng ngừa lao động trẻ em."),
    "nongdan": ("group_2", "Hội Nông dân tuyên truyền cho các hộ sản xuất về công việc trẻ em "
                "không được làm; hướng dẫn giờ làm phù hợp khi trẻ giúp việc nhà."),
    "ldld": ("group_3", "Liên đoàn Lao động phổ biến quy định về lao động chưa thành niên cho cán "
             "bộ công đoàn và người sử dụng lao động."),
}  # fmt: skip
DIFFICULTIES = (
    "- Cán bộ làm công tác trẻ em kiêm nhiệm nhiều việc.\n- Một số cha mẹ còn coi việc trẻ làm "
    "thêm là bình thường.\n- Số hộ, cơ sở sản xuất thay đổi thường xuyên nên khó lập danh sách.",
    "- Kinh phí truyền thông còn ít so với số hộ phải đến.\n- Trẻ theo cha mẹ đến tạm trú khó theo "
    "dõi liên tục.",
    "- Lao động trong hộ gia đình khó phát hiện.\n- Việc xác nhận thông tin giữa nơi ở và nơi học "
    "còn chậm.",
)
PROPOSALS = (
    "Đề nghị tăng định mức chi cho truyền thông trực tiếp tại thôn, tổ dân phố.",
    "Đề nghị tập huấn thêm cho cộng tác viên mới về phỏng vấn trẻ.",
    "Đề nghị thống nhất mẫu danh sách cơ sở sản xuất với ngành thuế.",
)


def _counts(units: list[Unit], year: int) -> dict[str, int]:
    """Reports received and cases opened in the units in the year."""
    period = Period.year(year)
    reports = Report.objects.filter(unit__in=units, received_at__year=year).count()
    cases = Case.objects.filter(
        opened_unit__in=units, opened_on__gte=period.start, opened_on__lt=period.end
    )
    return {"reports": reports, "cases": cases.count()}


def commune_texts(report: UnitReport) -> dict[str, str]:
    """A commune's own words, with the two numbers everybody asks for."""
    counts, turn = _counts([report.unit], report.year), report.unit.pk % len(PROPOSALS)
    place = in_sentence(report.unit.name)
    return {
        "situation": f"Ủy ban nhân dân {place} ban hành kế hoạch thực hiện Chương trình năm "
        f"{report.year}, giao chỉ tiêu cho từng thôn, tổ dân phố; phân công công chức phụ trách và "
        "mạng lưới cộng tác viên.",
        "group_1": "Đưa chỉ tiêu của Chương trình vào kế hoạch phát triển kinh tế - xã hội; giao "
        "ban hằng quý giữa Công an, trường học, y tế và các đoàn thể.",
        "group_2": "Phát thanh định kỳ trên hệ thống truyền thanh, phát tờ rơi tại nhà văn hóa; "
        "niêm yết số 111 và 02433.525.662 tại trụ sở và các trường học.",
        "group_4": f"Tiếp nhận {counts['reports']} tin báo, lập {counts['cases']} hồ sơ; các hồ sơ "
        "được đánh giá, lập kế hoạch hỗ trợ và thăm hộ theo quy trình.",
        "group_7": "Cùng đoàn của huyện kiểm tra cơ sở sản xuất, kinh doanh trên địa bàn; cơ sở có "
        "vi phạm đã được yêu cầu khắc phục.",
        "difficulties": DIFFICULTIES[turn],
        "proposals": PROPOSALS[turn],
        "directions": "Tiếp tục rà soát hộ có trẻ nghỉ học; thăm đủ số lần với các em đang được "
        "theo dõi; hoàn thành các chỉ tiêu chưa đạt.",
    }


def office_texts(report: UnitReport) -> dict[str, str]:
    """An office's own words: its part of the plan."""
    key, work = OFFICE_WORK[report.office]
    turn = len(report.office) % len(PROPOSALS)
    return {
        "situation": f"{report.name} xây dựng kế hoạch năm {report.year} theo nhiệm vụ được giao "
        "tại phần IV của Kế hoạch và triển khai đúng tiến độ.",
        key: work,
        "difficulties": DIFFICULTIES[turn],
        "proposals": PROPOSALS[turn],
        "directions": "Tiếp tục thực hiện nhiệm vụ được giao; phối hợp cung cấp số liệu đúng hạn.",
    }


def whole_texts(document: Consolidation) -> dict[str, str]:
    """The consolidated report's words."""
    counts = _counts(_communes(document), document.year)
    place = in_sentence(document.unit.name)
    return {
        "situation": f"Năm {document.year}, các xã, phòng, ban, đoàn thể trên địa bàn {place} tiếp "
        "tục thực hiện Kế hoạch theo nhiệm vụ được phân công. Cơ quan thường trực theo dõi tiến độ "
        "hằng quý, nhắc việc và đôn đốc báo cáo trên hệ thống.",
        "group_1": "Các xã đều có kế hoạch riêng, lồng ghép chỉ tiêu vào kế hoạch phát triển kinh "
        "tế - xã hội. Quy chế phối hợp giữa Lao động, Giáo dục, Công an được rà soát.",
        "group_2": "Tổ chức Tháng hành động vì trẻ em, sinh hoạt chuyên đề trong trường học; phát "
        "tờ rơi, tin bài, phát thanh; mọi sản phẩm đều có số 111 và 02433.525.662.",
        "group_3": "Mở các lớp tập huấn cho cán bộ cấp xã, cộng tác viên và người sử dụng lao "
        "động; có kiểm tra trước và sau khóa học.",
        "group_4": f"Toàn địa bàn tiếp nhận {counts['reports']} tin báo, lập {counts['cases']} hồ "
        "sơ. Các em được đánh giá, hỗ trợ trở lại trường, học nghề; gia đình được giới thiệu vay "
        "vốn, việc làm.",
        "group_5": "Duy trì mô hình làng nghề không có lao động trẻ em.",
        "group_6": "Vận động doanh nghiệp trao học bổng cho trẻ trở lại trường.",
        "group_7": "Kiểm tra theo kế hoạch và đột xuất các cơ sở sản xuất, làng nghề; vi phạm được "
        "lập biên bản, yêu cầu khắc phục và kiểm tra lại.",
        "group_8": "Hoàn thành rà soát hộ gia đình có trẻ em; đề xuất khen thưởng tập thể, cá nhân "
        "có thành tích.",
        "difficulties": DIFFICULTIES[0],
        "proposals": "Đề nghị Sở hướng dẫn thống nhất cách xác định mẫu số của chỉ tiêu về doanh "
        "nghiệp, hộ sản xuất; bổ sung tài liệu truyền thông cho làng nghề.",
        "directions": "Tập trung các chỉ tiêu chưa đạt; bảo đảm thời hạn 12 giờ và 05 ngày làm "
        "việc; thăm hộ đủ kỳ trước khi kết thúc hồ sơ.",
    }


def _communes(document: Consolidation) -> list[Unit]:
    root = document.unit.area or document.unit
    return list(Unit.objects.communes().within(root))
