"""A realistic annual report: huyện Thanh Trì 2024, sixteen units, all targets and their parts.

All figures are invented; the names of the units and the thresholds are those of the plan.
"""

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

from tuoitho.reports.annual.data import (
    AnnualReport,
    BudgetLine,
    Direction,
    NarrativeSection,
    Signer,
    TargetLine,
    UnitLine,
    UnitReport,
)

UNITS = (
    ("00640", "Thị trấn Văn Điển"), ("00643", "Xã Tân Triều"), ("00646", "Xã Thanh Liệt"),
    ("00649", "Xã Tả Thanh Oai"), ("00652", "Xã Hữu Hòa"), ("00655", "Xã Tam Hiệp"),
    ("00658", "Xã Tứ Hiệp"), ("00661", "Xã Yên Mỹ"), ("00664", "Xã Vĩnh Quỳnh"),
    ("00667", "Xã Ngũ Hiệp"), ("00670", "Xã Duyên Hà"), ("00673", "Xã Ngọc Hồi"),
    ("00676", "Xã Vạn Phúc"), ("00679", "Xã Đại Áng"), ("00682", "Xã Liên Ninh"),
    ("00685", "Xã Đông Mỹ"),
)  # fmt: skip
LD, GD = "Phòng LĐTBXH", "Phòng GD&ĐT"
GOALS = (
    "Mục tiêu 1: Phòng ngừa, phát hiện, hỗ trợ, can thiệp lao động trẻ em và trẻ em có nguy cơ",
    "Mục tiêu 2: Truyền thông về phòng ngừa và giảm thiểu lao động trẻ em",
    "Mục tiêu 3: Đào tạo, tập huấn về phòng ngừa, giảm thiểu lao động trẻ em",
)


def share(part, whole):
    if not whole or part is None:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def by_units(size, rate, *, unknown="", missing=""):
    """Sizes and rates that differ from unit to unit, always the same."""
    lines = []
    for at, (code, name) in enumerate(UNITS):
        whole = size * (70 + (at * 37) % 61) // 100
        part = min(whole, whole * (rate * 10 + (at * 29) % 90 - 40) // 1000)
        if code == unknown:
            lines.append(UnitLine(code, name, None, whole, None, missing=missing))
        else:
            lines.append(UnitLine(code, name, part, whole, share(part, whole)))
    return tuple(lines)


def target(code, part, title, owner, threshold, lines, **more):
    known = [u for u in lines if u.value is not None]
    part_sum, whole = sum(u.numerator for u in known), sum(u.denominator for u in known)
    value = share(part_sum, whole)
    limit = Decimal(threshold)
    return TargetLine(
        code, part, title, owner, part_sum, whole, value, limit, met=value >= limit,
        objective=GOALS[int(code[0]) - 1], by_unit=lines, **more,
    )  # fmt: skip


TARGETS = (
    TargetLine(
        "1.1", "", "Tỷ lệ lao động trẻ em và người chưa thành niên từ 5 đến 17 tuổi", LD,
        Decimal("463.5"), 56_840, Decimal("0.82"), Decimal(1), Direction.BELOW, True,
        "ước lượng từ điều tra mẫu 2.400 hộ, khoảng tin cậy 95%: 0,61 - 1,08; số đã phát hiện "
        "trong sổ theo dõi: 31 em",
        objective=GOALS[0], short_title="Tỷ lệ lao động trẻ em 5-17 tuổi",
        definition="Số ước lượng người 5-17 tuổi lao động trái quy định / số người 5-17 tuổi.",
    ),
    target("1.2", "", "Trẻ em có nguy cơ, lao động trẻ em, trẻ em bị mua bán được hỗ trợ, can "
           "thiệp kịp thời, quản lý, theo dõi khi có thông báo", LD, 100,
           tuple(UnitLine(c, n, p, w, share(p, w)) for (c, n), p, w in zip(
               UNITS, (3, 5, 2, 6, 4, 3, 2, 0, 5, 4, 1, 2, 0, 3, 4, 2),
               (3, 5, 2, 7, 4, 3, 2, 0, 5, 4, 1, 2, 0, 4, 4, 2), strict=True)),
           short_title="Được hỗ trợ, can thiệp kịp thời",
           note="02 trường hợp quá hạn 12 giờ"),
    target("1.3", "", "Trẻ em có nguy cơ, lao động trẻ em được tiếp cận giáo dục phổ thông và "
           "đào tạo nghề phù hợp", GD, 90, by_units(30, 94),
           short_title="Tiếp cận giáo dục, đào tạo nghề"),
    target("2.1", "cán bộ, giáo viên", "Cán bộ, giáo viên trong các cơ sở giáo dục, nuôi dưỡng "
           "trẻ em được cung cấp thông tin", GD, 90, by_units(260, 95),
           short_title="Cán bộ, giáo viên được thông tin"),
    target("2.1", "cha mẹ", "Cha mẹ, người chăm sóc trẻ em được cung cấp thông tin", LD, 80,
           by_units(4100, 77, unknown="00670", missing="danh sách hộ có trẻ em"),
           short_title="Cha mẹ được thông tin", note="chưa tính xã Duyên Hà"),
    target("2.2", "cộng đồng", "Trẻ em tại cộng đồng được cung cấp thông tin", LD, 85,
           by_units(620, 83), short_title="Trẻ em tại cộng đồng được thông tin"),
    target("2.2", "trường học", "Trẻ em trong các trường học được cung cấp thông tin", GD, 85,
           by_units(3050, 92), short_title="Trẻ em trong trường được thông tin"),
    target("2.3", "", "Doanh nghiệp, hợp tác xã, hộ gia đình, nhất là trong làng nghề, được cung "
           "cấp thông tin", LD, 90, by_units(480, 91),
           short_title="Doanh nghiệp, HTX, hộ được thông tin"),
    TargetLine("3.1", "cấp huyện", "Công chức, viên chức cấp huyện được tập huấn", LD, 46, 48,
               share(46, 48), Decimal(90), met=True, objective=GOALS[2],
               short_title="Công chức huyện được tập huấn"),
    target("3.1", "cấp xã", "Cán bộ, công chức cấp xã ngành LĐTBXH được tập huấn", LD, 100,
           tuple(UnitLine(c, n, 3, 3, Decimal(100)) for c, n in UNITS),
           short_title="Cán bộ, công chức xã được tập huấn"),
    TargetLine("3.1", "cơ quan khác", "Cán bộ, công chức các cơ quan, tổ chức có liên quan được "
               "tập huấn", LD, 171, 186, share(171, 186), Decimal(90), met=True,
               objective=GOALS[2], short_title="Cán bộ cơ quan khác được tập huấn"),
    TargetLine("3.2", "doanh nghiệp", "Doanh nghiệp được tập huấn kiến thức, kỹ năng", LD, 812,
               None, None, Decimal(90), objective=GOALS[2],
               short_title="Doanh nghiệp được tập huấn",
               missing="tổng số doanh nghiệp đang hoạt động do Chi cục Thuế cung cấp"),
    target("3.2", "HTX, hộ", "Hợp tác xã, hộ gia đình, nhất là trong làng nghề, được tập huấn",
           LD, 70, by_units(350, 66), short_title="HTX, hộ gia đình được tập huấn"),
)  # fmt: skip

GROUPS = (
    ("1. Tăng cường sự lãnh đạo, chỉ đạo của cấp ủy Đảng, chính quyền các cấp",
     "UBND huyện ban hành 04 văn bản chỉ đạo; 16/16 xã, thị trấn xây dựng kế hoạch riêng và lồng "
     "ghép chỉ tiêu vào kế hoạch phát triển kinh tế - xã hội năm 2024. Quy chế phối hợp liên "
     "ngành được rà soát, bổ sung trách nhiệm của Công an xã trong xác minh ban đầu."),
    ("2. Truyền thông, giáo dục, vận động xã hội",
     "Tổ chức 48 buổi truyền thông trực tiếp cho 6.120 lượt người; 212 lượt tin, bài trên hệ "
     "thống truyền thanh cơ sở; phát 14.500 tờ rơi giới thiệu Tổng đài quốc gia bảo vệ trẻ em 111 "
     "và Trung tâm cung cấp dịch vụ công tác xã hội Hà Nội (02433.525.662)."),
    ("3. Nâng cao năng lực cho các cấp, cơ quan, tổ chức, cá nhân",
     "Mở 09 lớp tập huấn cho cán bộ cấp huyện, cấp xã, cộng tác viên và người sử dụng lao động; "
     "điểm kiểm tra trung bình sau tập huấn tăng từ 5,8 lên 8,1."),
    ("4. Phòng ngừa, phát hiện, hỗ trợ và can thiệp",
     "Rà soát 23.410 hộ gia đình có trẻ em; phát hiện 31 trẻ em lao động trái quy định và 214 trẻ "
     "em có nguy cơ. Các trường hợp được lập hồ sơ, đánh giá và phê duyệt kế hoạch hỗ trợ theo "
     "Nghị định số 56/2017/NĐ-CP; 27 em đã chấm dứt lao động trái quy định.\n"
     "Không phát hiện trường hợp trẻ em bị mua bán vì mục đích bóc lột sức lao động."),
    ("5. Xây dựng và triển khai các mô hình",
     "Duy trì 05 mô hình, trong đó 02 mô hình tại làng nghề (Tân Triều, Hữu Hòa), 02 mô hình phát "
     "hiện sớm và 01 mô hình doanh nghiệp không sử dụng lao động trẻ em."),
    ("6. Vận động nguồn lực",
     "Vận động 186.500.000 đồng và 120 suất học bổng từ doanh nghiệp, cá nhân trên địa bàn."),
    ("7. Thanh tra, kiểm tra, giám sát",
     "Kiểm tra 64 cơ sở sản xuất, kinh doanh; lập biên bản 03 cơ sở vi phạm, xử phạt 02 cơ sở với "
     "tổng số tiền 45.000.000 đồng; 03/03 cơ sở đã khắc phục."),
    ("8. Khảo sát đánh giá, sơ kết, tổng kết, khen thưởng",
     "Hoàn thành điều tra mẫu năm 2024; khen thưởng 06 tập thể, 11 cá nhân có thành tích xuất "
     "sắc."),
)  # fmt: skip

SECTIONS = (
    NarrativeSection(
        "I. Tình hình chung và công tác chỉ đạo",
        ("Huyện Thanh Trì có 15 xã và 01 thị trấn; 56.840 người từ 5 đến 17 tuổi, 11 làng nghề và "
         "trên 5.900 doanh nghiệp, hợp tác xã, hộ sản xuất, kinh doanh có sử dụng lao động.",
         "Ngay từ đầu năm, UBND huyện giao chỉ tiêu cho từng đơn vị, phân công Phòng Lao động - "
         "Thương binh và Xã hội là cơ quan thường trực, định kỳ hằng quý kiểm điểm tiến độ."),
        "situation",
    ),
    NarrativeSection("II. Kết quả thực hiện", (), "results",
                     tuple(NarrativeSection(h, (p,)) for h, p in GROUPS)),
    NarrativeSection("III. Kinh phí", (
        "Kinh phí thực hiện Chương trình được bố trí trong dự toán chi thường xuyên của các đơn vị "
        "và nguồn vận động hợp pháp khác.",), "budget"),
    NarrativeSection("IV. Khó khăn, vướng mắc và nguyên nhân", (
        "- Việc xác định tổng số doanh nghiệp, hộ kinh doanh đang hoạt động còn chậm do số liệu "
        "nằm ở nhiều cơ quan.\n- Một bộ phận cha mẹ tại các làng nghề vẫn coi việc trẻ em làm "
        "thêm là bình thường.\n- Cán bộ làm công tác trẻ em cấp xã kiêm nhiệm nhiều việc.",),
        "difficulties"),
    NarrativeSection("V. Đề xuất, kiến nghị", (
        "Đề nghị Sở Lao động - Thương binh và Xã hội hướng dẫn thống nhất cách xác định mẫu số của "
        "chỉ tiêu về doanh nghiệp; bổ sung tài liệu truyền thông cho làng nghề.",), "proposals"),
    NarrativeSection("VI. Phương hướng năm 2025", (
        "Tiếp tục duy trì tỷ lệ lao động trẻ em dưới 1%; hoàn thành các chỉ tiêu chưa đạt về cha "
        "mẹ, trẻ em tại cộng đồng; nhân rộng mô hình tại các làng nghề; tổng kết giai đoạn "
        "2021-2025 theo Kế hoạch số 365/KH-UBND.",), "directions"),
)  # fmt: skip


def _unit_reports():
    due = date(2024, 11, 25)
    late = {"00649": date(2024, 11, 28), "00679": date(2024, 11, 26), "00670": None}
    rows = [
        UnitReport(code, name, due, late.get(code, date(2024, 11, 11 + at % 14)),
                   "Đề nghị tăng định mức chi" if at % 5 == 0 else "")
        for at, (code, name) in enumerate(UNITS)
    ]  # fmt: skip
    offices = (LD, GD, "Công an huyện", "Phòng Kinh tế", "Phòng VHTT", "Phòng TC-KH")
    return (*rows, *(UnitReport("", name, due, date(2024, 11, 20)) for name in offices))


REPORT = AnnualReport(
    unit_name="huyện Thanh Trì",
    issuer="Ủy ban nhân dân huyện Thanh Trì",
    place="Thanh Trì",
    year=2024,
    number=5,
    symbol="BC-UBND",
    signed_on=date(2024, 12, 5),
    signer=Signer(
        "Nguyễn Văn Mẫu", "Phó Chủ tịch", ("TM. Ủy ban nhân dân", "KT. Chủ tịch")
    ),
    addressed_to=("Sở Lao động - Thương binh và Xã hội Hà Nội",),
    distribution="chỉ gửi các cơ quan tại mục Nơi nhận, không sao chụp, không đăng tải",
    recipients=(
        "Như trên", "Thường trực Huyện ủy", "Thường trực HĐND huyện", "Chủ tịch UBND huyện",
        "Các PCT UBND huyện", "UBMTTQVN huyện", "Các phòng, ban, ngành, đoàn thể liên quan",
        "UBND các xã, thị trấn",
    ),
    archive="VT, LĐTBXH",
    legal_bases=(
        "Căn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016",
        "Căn cứ Kế hoạch số 195/KH-UBND ngày 26 tháng 8 năm 2021 của Ủy ban nhân dân thành phố "
        "Hà Nội",
        "Căn cứ Kế hoạch số 365/KH-UBND ngày 18 tháng 10 năm 2021 của Ủy ban nhân dân huyện Thanh "
        "Trì",
    ),
    introduction="Ủy ban nhân dân huyện Thanh Trì báo cáo kết quả thực hiện Chương trình năm 2024 "
    "như sau:",
    sections=SECTIONS,
    targets=TARGETS,
    budget=(
        BudgetLine("Ngân sách huyện", 780_000_000, 720_000_000, 698_450_000),
        BudgetLine("Ngân sách xã, thị trấn", 412_000_000, 405_000_000, 391_200_000),
        BudgetLine("Nguồn vận động", 150_000_000, 186_500_000, 171_000_000,
                   "còn lại chuyển 2025"),
    ),
    unit_reports=_unit_reports(),
    is_demo=True,
    definition_hash="9f2c4a7be01d55c3a8e6f1b20c7d9e44",
    frozen_at=datetime(2024, 12, 2, 3, 30, tzinfo=UTC),
)  # fmt: skip
