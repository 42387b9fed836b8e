"""What Word shows is what is read: tracked changes, lists, merges, controls, boxes, torn tables."""

from typing import Any

from deadlines.values import Deadline
from roadmaps.reading.document import PlanDocument
from roadmaps.reading.plan import read_plan_file
from tests.roadmaps.reading.raw import HEADER, levels, num, numbered, p, r, tbl, tc, tr, word


def read(data: bytes) -> PlanDocument:
    return read_plan_file(data, "план.docx", read_deadline=lambda phrase, period, siblings=(): Deadline(phrase))


def rows(plan: PlanDocument) -> list[Any]:
    """Number, title and results of each row as plain values."""
    return [
        (row.number, row.title, [(x.text, x.deadline.phrase, x.executors) for x in row.results]) for row in plan.rows
    ]


def one(*cells: str) -> Any:
    """Read a plan whose only row has these cells."""
    return rows(read(word(tbl(HEADER, tr(*cells)))))[0]


LAST = tr("9", "Итоговый слёт", "Отчёт", "май 2025 г.", "Лунина О.П.")
LAST_READ = ("9", "Итоговый слёт", [("Отчёт", "май 2025 г.", ("Лунина О.П.",))])


def test_tracked_changes_are_read_as_accepted() -> None:
    changed = p(
        "<w:r><w:t>до </w:t></w:r><w:del w:id='1'><w:r><w:delText>15</w:delText></w:r></w:del>"
        "<w:ins w:id='2'><w:r><w:t>20</w:t></w:r></w:ins><w:r><w:t>.10.2024</w:t></w:r>"
    )
    gone = p(
        "<w:del w:id='3'><w:r><w:delText>старая строка</w:delText></w:r></w:del>", "<w:rPr><w:del w:id='4'/></w:rPr>"
    )
    moved = p(
        "<w:moveFrom w:id='5'><w:r><w:t>Зорин А.А.</w:t></w:r></w:moveFrom><w:moveTo w:id='6'><w:r><w:t>Лунина О.П.</w:t></w:r></w:moveTo>"
    )
    joined = p("Отчёт о", "<w:rPr><w:del w:id='7'/></w:rPr>") + p(" встрече")
    plan = read(
        word(
            tbl(
                HEADER,
                tr("1", tc(gone + p("Встреча")), tc(joined), tc(changed), tc(moved)),
                tr("2", "Лишнее", "Ничего", "никогда", "никто", properties="<w:del w:id='8'/>"),
                tr("3", "Новое", "Справка", "до 01.11.2024", "Зорин А.А.", properties="<w:ins w:id='9'/>"),
            )
        )
    )
    assert rows(plan) == [
        ("1", "Встреча", [("Отчёт о встрече", "до 20.10.2024", ("Лунина О.П.",))]),
        ("3", "Новое", [("Справка", "до 01.11.2024", ("Зорин А.А.",))]),
    ]
    assert [problem.code for problem in plan.problems if problem.code == "tracked-changes"] == ["tracked-changes"]


def test_deleting_the_first_row_of_a_merge_leaves_the_rest_readable() -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    plan = read(
        word(
            tbl(
                HEADER,
                tr(tc("1", restart), tc("Конкурс", restart), "Положение", "до 01.10.2024", "Лунина О.П."),
                tr(
                    tc("", go_on),
                    tc("", go_on),
                    "Черновик",
                    "до 05.10.2024",
                    "Зорин А.А.",
                    properties="<w:del w:id='1'/>",
                ),
                tr(tc("", go_on), tc("", go_on), "Протокол", "до 10.10.2024", tc("Зорин А.А.", restart)),
                tr(tc("", go_on), tc("", go_on), "Отчёт", "до 20.10.2024", tc("", go_on)),
            )
        )
    )
    assert rows(plan) == [
        (
            "1",
            "Конкурс",
            [
                ("Положение", "до 01.10.2024", ("Лунина О.П.",)),
                ("Протокол", "до 10.10.2024", ("Зорин А.А.",)),
                ("Отчёт", "до 20.10.2024", ("Зорин А.А.",)),
            ],
        )
    ]


def test_text_hides_in_links_controls_fields_and_breaks() -> None:
    title = (
        "<w:hyperlink>" + r("Сайт ") + "</w:hyperlink><w:sdt><w:sdtContent>" + r("школы") + "</w:sdtContent></w:sdt>"
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>,\u00a0но</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:softHyphen/><w:t>во\u00adсти</w:t><w:noBreakHyphen/><w:t>2</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>скрыто</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
    )
    who = p("<w:r><w:t>Лунина О.П.</w:t><w:br/><w:t>Зорин А.А.</w:t></w:r>")
    assert one(
        "1",
        tc(p(title)),
        tc("<w:sdt><w:sdtContent>" + p("Отчёт") + "</w:sdtContent></w:sdt>"),
        "до 01.10.2024",
        tc(who),
    ) == (
        "1",
        "Сайт школы, новости-2",
        [("Отчёт", "до 01.10.2024", ("Лунина О.П.", "Зорин А.А."))],
    )


def test_numbers_of_lists_are_counted_through_levels_restarts_and_formats() -> None:
    numbering = (
        levels(1, ("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3"))
        + levels(2, ("russianLower", "%1)"))
        + num(1, 1)
        + num(2, 2)
        + num(3, 2, restart=3)
    )

    def section(text: str, level: int) -> str:
        return tr(tc(p(text, numbered(1, level)), '<w:gridSpan w:val="5"/>'))

    def act(title: str, number: str) -> str:
        return tr(tc(p("", number)), title, "Отчёт", "до 01.10.2024", "Лунина О.П.")

    plan = read(
        word(
            tbl(
                HEADER,
                section("Основа", 0),
                section("Кадры", 1),
                act("Курсы", numbered(1, 2)),
                act("Семинар", numbered(1, 2)),
                section("Дети", 1),
                act("Поход", numbered(1, 2)),
                section("Итоги", 0),
                act("Слёт", numbered(2)),
                act("Отчёт", numbered(3)),
            ),
            numbering=numbering,
        )
    )
    assert [(row.number, row.section) for row in plan.rows] == [
        ("1.1", ("I", "1")),
        ("1.2", ("I", "1")),
        ("2.1", ("I", "2")),
        ("а", ("II",)),
        ("в", ("II",)),
    ]
    assert [(s.number, s.title, s.level) for s in plan.sections] == [
        ("I", "Основа", 1),
        ("1", "Кадры", 2),
        ("2", "Дети", 2),
        ("II", "Итоги", 1),
    ]


def test_a_list_may_come_from_a_style_and_stand_in_the_title() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='Row'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='Low'><w:basedOn w:val='Row'/></w:style>"
    )
    low = "<w:pStyle w:val='Low'/>"
    head = tr("Мероприятие", "Срок", "Ответственный")
    plan = read(
        word(
            tbl(
                head,
                tr(tc(p("Курсы", low)), "до 01.10.2024", "Лунина О.П."),
                tr(tc(p("Слёт", low)), "май 2025 г.", "Зорин А.А."),
            ),
            numbering=levels(1, ("decimal", "%1.")) + num(1, 1),
            styles=styles,
        )
    )
    assert rows(plan) == [
        ("1", "Курсы", [("", "до 01.10.2024", ("Лунина О.П.",))]),
        ("2", "Слёт", [("", "май 2025 г.", ("Зорин А.А.",))]),
    ]


def test_bullets_and_numbers_inside_a_result_are_shown() -> None:
    numbering = levels(1, ("bullet", "\uf0b7")) + levels(2, ("decimal", "%1)")) + num(1, 1) + num(2, 2)
    result = p("Закреплены:") + p("школа;", numbered(1)) + p("завод.", numbered(1)) + p("Письмо", numbered(2))
    plan = read(word(tbl(HEADER, tr("1", "Партнёры", tc(result), "до 01.10.2024", "Лунина О.П.")), numbering=numbering))
    assert rows(plan)[0][2][0][0] == "Закреплены:\n- школа;\n- завод.\n1) Письмо"


def test_several_results_in_one_row_pair_off_with_their_deadlines() -> None:
    result = p("1) Положение") + p("2) Протокол")
    when = p("до 01.10.2024") + p("20.10.2024 -") + p("25.10.2024")
    assert one("1", "Конкурс", tc(result), tc(when), tc(p("Лунина О.П.") + p("Зорин А.А."))) == (
        "1",
        "Конкурс",
        [
            ("1) Положение", "до 01.10.2024", ("Лунина О.П.",)),
            ("2) Протокол", "20.10.2024 - 25.10.2024", ("Зорин А.А.",)),
        ],
    )


def test_a_row_torn_by_a_page_is_one_row() -> None:
    second = tbl(tr("", "и их родителей", "по итогам встречи", "", ""), LAST)
    plan = read(word(tbl(HEADER, tr("1", "Опрос учеников", "Справка", "до 01.10.2024", "Лунина О.П.")) + p() + second))
    assert rows(plan) == [
        ("1", "Опрос учеников и их родителей", [("Справка\nпо итогам встречи", "до 01.10.2024", ("Лунина О.П.",))]),
        LAST_READ,
    ]


def test_a_second_table_with_its_columns_in_another_order_goes_on() -> None:
    head = tr("№", "Срок", "Мероприятие", "Ответственный", "Результат")
    second = tbl(head, tr("9", "май 2025 г.", "Итоговый слёт", "Лунина О.П.", "Отчёт"))
    plan = read(word(tbl(HEADER, tr("1", "Опрос", "Справка", "до 01.10.2024", "Зорин А.А.")) + p() + second))
    assert rows(plan)[1] == LAST_READ


def test_other_tables_are_not_the_plan() -> None:
    requisites = tbl(tr("10.09.2024", "г. Сосновый", "№ 7"))
    schools = tbl(tr("№", "Школа", "Профиль"), tr("1", "Гимназия № 9", "агро"))
    signature = tbl(tr("Директор", "", "О.П. Лунина"))
    plan = read(
        word(
            requisites
            + p("План работы на 2025 год")
            + tbl(HEADER, LAST)
            + p()
            + signature
            + p("Приложение 2")
            + schools
        )
    )
    assert rows(plan) == [LAST_READ]
    assert (plan.header.signatory_post, plan.header.signatory_name) == ("Директор", "О.П. Лунина")


def test_a_stamp_in_a_text_box_is_read() -> None:
    box = (
        "<w:txbxContent>"
        + p("УТВЕРЖДЕНА")
        + p("приказом МБОУ «Гимназия № 9»")
        + p("от 02.09.2024 № 45-од")
        + "</w:txbxContent>"
    )
    anchor = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        + box
        + "</wps:txbx></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox>" + box + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    header = read(word(p(anchor) + p("Дорожная карта") + p("на 2024/25 учебный год") + tbl(HEADER, LAST))).header
    assert (header.issuer, header.order_number, str(header.order_date)) == (
        "МБОУ «Гимназия № 9»",
        "45-од",
        "2024-09-02",
    )
    assert header.title == "Дорожная карта\nна 2024/25 учебный год"


def test_a_plan_inside_a_layout_table_is_found() -> None:
    outer = tbl(tr(tc(p("План работы на 2025 год") + tbl(HEADER, LAST) + p())))
    plan = read(word(outer))
    assert rows(plan) == [LAST_READ]
    assert plan.header.title == "План работы на 2025 год"


def test_title_rows_above_the_header_of_the_same_table_are_its_title() -> None:
    top = tr(tc("План работы лаборатории на 2025 год", '<w:gridSpan w:val="5"/>'))
    plan = read(word(tbl(top, HEADER, LAST)))
    assert (plan.header.title, rows(plan)) == ("План работы лаборатории на 2025 год", [LAST_READ])


def test_marks_under_months_say_when() -> None:
    head = tr("№", "Мероприятие", "Сентябрь", "Октябрь", "Ноябрь", "Ответственный")
    plan = read(word(tbl(head, tr("1", "Занятия клуба", "", "+", "+", "Лунина О.П."))))
    assert rows(plan) == [("1", "Занятия клуба", [("", "Октябрь, Ноябрь", ("Лунина О.П.",))])]


def test_a_column_of_directions_opens_sections() -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    head = tr("Направление", "№", "Мероприятие", "Срок", "Ответственный")
    plan = read(
        word(
            tbl(
                head,
                tr(tc("Кадры", restart), "1", "Курсы", "май 2025 г.", "Лунина О.П."),
                tr(tc("", go_on), "2", "Семинар", "май 2025 г.", "Лунина О.П."),
                tr("Дети", "3", "Поход", "май 2025 г.", "Лунина О.П."),
            )
        )
    )
    assert [(row.number, row.section) for row in plan.rows] == [("1", ("Кадры",)), ("2", ("Кадры",)), ("3", ("Дети",))]


def test_problems_say_what_a_person_should_look_at() -> None:
    plan = read(
        word(
            p("План на 2025 год")
            + tbl(
                HEADER,
                tr("1", "Курсы", "Отчёт", "май 2025 г.", "Лунина О.П."),
                tr("1", "Семинар", "Отчёт", "май 2025 г.", "Лунина О.П."),
                tr("3", "", "Отчёт", "май 2025 г.", "Лунина О.П."),
                tr("", "Поход", "Отчёт", "май 2025 г.", "Лунина О.П."),
                tr(tc("Примечание: сроки могут меняться", '<w:gridSpan w:val="5"/>')),
            )
        )
    )
    assert [(problem.code, problem.ref) for problem in plan.problems] == [
        ("empty-title", "3"),
        ("text-after-table", ""),
        ("number-repeats", "2"),
        ("number-missing", "4"),
    ]


def test_numbered_pieces_below_a_title_are_its_results() -> None:
    plan = read(
        word(
            tbl(
                HEADER,
                tr("1", "Опрос", "", "", ""),
                tr("1.1", "", "Анкета", "январь", "Лунина О.П."),
                tr("1.2", "", "Справка", "февраль", "Зорин А.А."),
                LAST,
            )
        )
    )
    results = [("Анкета", "январь", ("Лунина О.П.",)), ("Справка", "февраль", ("Зорин А.А.",))]
    assert rows(plan) == [("1", "Опрос", results), LAST_READ]


def test_headings_between_tables_are_sections() -> None:
    row = tr("1", "Курсы", "Отчёт", "май 2025 г.", "Лунина О.П.")
    plan = read(word(p("План на 2025 год") + p("1. Кадры") + tbl(HEADER, row) + p("2. Дети") + tbl(HEADER, LAST)))
    assert (plan.header.title, [(s.number, s.title) for s in plan.sections]) == (
        "План на 2025 год",
        [("1", "Кадры"), ("2", "Дети")],
    )
    assert [row.section for row in plan.rows] == [("1",), ("2",)]


def test_sections_that_are_months_say_when() -> None:
    head = tr("№", "Мероприятие", "Ответственный")
    month = tr(tc("СЕНТЯБРЬ", '<w:gridSpan w:val="3"/>'))
    plan = read(word(tbl(head, month, tr("1", "Линейка", "Лунина О.П."))))
    assert rows(plan) == [("1", "Линейка", [("", "Сентябрь", ("Лунина О.П.",))])]


def test_deadlines_and_executors_merged_over_activities_hold_for_each() -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    plan = read(
        word(
            tbl(
                HEADER,
                tr("1", "Курсы", "Отчёт", tc("май 2025 г.", restart), tc("Лунина О.П.", restart)),
                tr("9", "Итоговый слёт", "Отчёт", tc("", go_on), tc("", go_on)),
            )
        )
    )
    assert rows(plan) == [("1", "Курсы", LAST_READ[2]), LAST_READ]
