"""Writes a sample of every document into docs/samples; region, bodies, schools and people are invented."""

import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents.paper import (
    CLUSTER_FORM,
    Act,
    Activity,
    ApprovalSheetPaper,
    ApprovedByAct,
    ApprovedByPerson,
    Clause,
    ComparedCell,
    ComparedRow,
    ComparedSection,
    ComparisonPaper,
    Cover,
    Entry,
    ESignature,
    Excerpt,
    Excluded,
    Numbering,
    OrderPaper,
    ParticipantsPaper,
    Place,
    PlanPaper,
    Profile,
    Result,
    Run,
    School,
    Section,
    Signatory,
    Stage,
    Verification,
    Visa,
    control_clause,
    numbered,
)

if TYPE_CHECKING:
    from documents.rendering import Printable

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "samples"
MADE = datetime(2026, 9, 21, 10, 0, tzinfo=UTC)
SIGNED = date(2026, 9, 21)
MINISTRY, MINISTRY_OF = "Министерство образования Северолесского края", "министерства образования Северолесского края"
DEPARTMENT, BODIES = "Отдел развития общего образования", "Муниципальные органы управления образованием"
INSTITUTE, CENTRE = "Северолесский институт развития педагогов", "Краевой центр оценки качества"
HEADS = "Руководители школ-участников"
ACT = Act(issuer=MINISTRY_OF, signed_on=SIGNED, number="512-а")
MINISTER = Signatory(
    post="Заместитель председателя\nПравительства Северолесского края –\nминистр образования", name="А.Н. Березин"
)


def verification(code: str, name: str, *, edition: int | None = None, electronic: bool = False) -> Verification:
    """Make the block of a sample."""
    url = f"https://plan.severolesye.example/verify/{code}"
    return Verification(code=code, url=url, name=name, edition=edition, electronic=electronic)


def activity(number: int | str, title: str, *results: tuple[str, str, str]) -> Activity:
    """Make an activity of (result, deadline, executors apart by semicolons)."""
    return Activity(
        number=str(number),
        title=title,
        results=tuple(Result(text=text, deadline=due, executors=tuple(who.split("; "))) for text, due, who in results),
    )


ROADMAP = (
    activity(1, "Перечень школ, входящих в профильные кластеры края", ("Перечень размещён на сайте министерства", "до 25.09.2026", DEPARTMENT)),
    activity(2, "Назначение координаторов на всех уровнях", ("Назначены координаторы муниципального уровня", "до 01.10.2026", BODIES), ("Назначены координаторы в школах", "до 08.10.2026", HEADS), ("Сводный реестр координаторов ведётся и доступен участникам", "до 15.10.2026, далее постоянно", f"{DEPARTMENT}; С.П. Дорохова")),
    activity(3, "Согласование годовых планов муниципалитетов с дорожной картой", ("Планы муниципалитетов утверждены и загружены в информационную систему", "до 16.10.2026", BODIES)),
    activity(4, "Закрепление за кластерами базовых организаций: вузов, колледжей, предприятий", ("– академический партнёр, не менее одного на кластер\n– индустриальный партнёр, не менее одного на кластер\n– деловой партнёр при наличии профиля", "до 30.10.2026", f"{INSTITUTE}; Л.В. Захарьина")),
    activity(5, "Методические письма для школьных команд", ("– о размещении сведений на сайте школы\n– об учебном плане профильного класса\n– о внеурочных занятиях по профилю\n– о работе с задачами предприятий", "до 09.10.2026", INSTITUTE), ("Письма изучены, отметки об изучении проставлены", "до 23.10.2026", HEADS)),
    activity(6, "Информационное сопровождение работы кластеров", ("На сайтах школ открыт раздел «Профильный кластер»", "до 19.10.2026", HEADS), ("Новости раздела обновляются не реже двух раз в месяц", "постоянно", f"{HEADS}; {BODIES}")),
    activity(7, "Анонимный опрос обучающихся и их родителей об осведомлённости о профильных классах, о причинах выбора профиля и об удобстве расписания сетевых занятий, проводимых базовыми школами кластера по договорам с партнёрами", ("Анкета готова", "до 07.10.2026", "Центр оценки"), ("Опрос проведён", "12.10.2026 – 16.10.2026", "Школы"), ("Отчёт открыт", "до 26.10.2026", "Центр оценки")),
    activity(8, "Входной мониторинг условий в школах", ("Издан приказ о проведении мониторинга", "до 02.10.2026", DEPARTMENT), ("Самодиагностика по чек-листу завершена", "05.10.2026 – 14.10.2026", HEADS), ("Данные школ приняты либо возвращены с замечаниями", "до 21.10.2026", BODIES), ("Аналитическая справка направлена муниципалитетам", "до 30.10.2026", CENTRE)),
    activity(9, "Совещание с руководителями муниципальных органов по итогам входного мониторинга", ("Протокол с рекомендациями направлен участникам", "до 06.11.2026", DEPARTMENT)),
    activity(10, "Уточнение планов всех уровней", ("Внесены изменения в планы муниципалитетов", "до 16.11.2026", BODIES), ("Внесены изменения в планы школ", "до 23.11.2026", HEADS)),
    activity(11, "Банк типовых программ профильных курсов", ("В банке размещено не менее трёх программ на каждый профиль", "до 20.11.2026", INSTITUTE)),
    activity(12, "Осенние выездные методические дни", ("Проведено 6 методических дней", "по отдельному графику", f"{INSTITUTE}; М.Г. Островой")),
    activity(13, "Дни открытых производств у партнёров кластера", ("Проведены экскурсии для обучающихся 8–10 классов", "октябрь – декабрь 2026 г.", HEADS)),
    activity(14, "Конкурс учебных задач от предприятий", ("Положение утверждено", "до 13.11.2026", DEPARTMENT), ("Работы школ приняты", "30.11.2026 – 11.12.2026", INSTITUTE), ("Итоги подведены, сборник опубликован", "до 25.12.2026", INSTITUTE)),
    activity(15, "Мониторинг по итогам первого полугодия", ("Самодиагностика завершена", "11.01.2027 – 18.01.2027", HEADS), ("Аналитическая справка подготовлена", "до 29.01.2027", CENTRE)),
    activity(16, "Совещание по итогам первого полугодия", ("Протокол направлен участникам", "до 05.02.2027", DEPARTMENT)),
    activity(17, "Повышение квалификации учителей профильных предметов", ("Обучено не менее 140 учителей", "в течение учебного года", INSTITUTE)),
    activity(18, "Сетевые уроки базовых организаций", ("Не менее одного урока в месяц на кластер", "ежемесячно", "Координаторы кластеров")),
    activity(19, "Проверка полноты сведений на сайтах школ", ("Проверены разделы «Профильный кластер»", "01.03.2027 – 12.03.2027", CENTRE), ("Справка о результатах направлена", "до 22.03.2027", CENTRE)),
    activity(20, "Весенняя профильная смена", ("Программа смены утверждена", "до 19.02.2027", INSTITUTE), ("Смена проведена, участвовало не менее 300 человек", "22.03.2027 – 27.03.2027", f"{INSTITUTE}; {HEADS}")),
    activity(21, "Итоговый мониторинг учебного года", ("Самодиагностика завершена", "24.05.2027 – 04.06.2027", HEADS), ("Данные школ приняты", "до 11.06.2027", BODIES), ("Аналитическая справка подготовлена", "до 25.06.2027", CENTRE)),
    activity(22, "Дорожная карта на следующий год", ("Предложения муниципалитетов собраны", "до 16.07.2027", BODIES), ("Проект дорожной карты подготовлен", "до 13.08.2027", DEPARTMENT)),
)  # fmt: skip

SCHOOLS = (
    Place("Светлореченский муниципальный округ", (
        Profile("Агротехнологический кластер", (School("МБОУ «Средняя школа № 1 пгт Светлая Речка»", "агротехнологический"), School("МБОУ «Средняя школа пос. Липовый Яр»", "агротехнологический"), School("МКОУ «Основная школа дер. Травники»", "предпрофильный"))),
        Profile("Педагогический кластер", (School("МБОУ «Гимназия пгт Светлая Речка»", "психолого-педагогический"), School("МБОУ «Средняя школа № 2 пгт Светлая Речка»", "психолого-педагогический"))),
    )),
    Place("Городской округ Новокедровск", (
        Profile("Инженерный кластер", (School("МАОУ «Лицей № 4 г. Новокедровска»", "технологический"), School("МБОУ «Средняя школа № 7 г. Новокедровска»", "технологический"), School("МБОУ «Средняя школа № 9 г. Новокедровска»", "технологический"), School("МБОУ «Средняя школа № 12 г. Новокедровска имени космонавтов»", "информационно-технологический"))),
        Profile("Медицинский кластер", (School("МБОУ «Средняя школа № 3 г. Новокедровска»", "медико-биологический"), School("МБОУ «Средняя школа № 15 г. Новокедровска»", "медико-биологический"))),
    )),
    Place("Верхнеснежинский муниципальный район", (
        Profile("Лесной кластер", (School("МБОУ «Средняя школа с. Верхний Снежин»", "естественно-научный"), School("МБОУ «Средняя школа с. Кедровая Падь-на-Снежине»", "естественно-научный"), School("МКОУ «Основная школа пос. Лесопильный»", "предпрофильный"))),
    )),
    Place("Муниципальный округ Залучинский", (
        Profile("Морской кластер", (School("МБОУ «Средняя школа № 1 г. Залучинска»", "морской"), School("МБОУ «Средняя школа № 5 г. Залучинска»", "морской"), School("МБОУ «Средняя школа пос. Маячный»", "естественно-научный"))),
        Profile("Инженерный кластер", (School("МАОУ «Технический лицей г. Залучинска»", "технологический"), School("МБОУ «Средняя школа № 8 г. Залучинска»", "технологический"))),
    )),
)  # fmt: skip

CLAUSES = numbered((
    Clause(text="Утвердить дорожную карту работы профильных кластеров школ на 2026/27 учебный год (приложение № 1)."),
    Clause(text="Утвердить перечень общеобразовательных организаций – участников профильных кластеров (приложение № 2)."),
    Clause(text="Назначить краевым координатором С.П. Дорохову, начальника отдела развития общего образования."),
    Clause(text="Северолесскому институту развития педагогов (Л.В. Захарьина) разработать план методического сопровождения кластеров и представить его в министерство в срок до 02.10.2026.", term="до 02.10.2026"),
    Clause(text="Руководителям муниципальных органов управления образованием:", clauses=(
        Clause(text="назначить муниципальных координаторов и сообщить о них в информационной системе в срок до 01.10.2026;", term="до 01.10.2026"),
        Clause(text="согласовать и утвердить муниципальные планы с учётом дорожной карты в срок до 16.10.2026;", term="до 16.10.2026"),
        Clause(text="довести настоящий приказ до сведения школ, указанных в приложении № 2, в течение трёх рабочих дней со дня его получения."),
    )),
    Clause(text=control_clause("заместителя министра Р.Т. Калинову")),
))  # fmt: skip


def roadmap(activities: int = len(ROADMAP)) -> PlanPaper:
    """The road map as an appendix, or its first activities."""
    title = ("Дорожная карта", "работы профильных кластеров школ Северолесского края на 2026/27 учебный год")
    return PlanPaper(made_at=MADE, author=MINISTRY, title=title, content=ROADMAP[:activities])


def participants() -> ParticipantsPaper:
    """The participating schools as an appendix."""
    title = ("Перечень", "общеобразовательных организаций – участников профильных кластеров в 2026/27 учебном году")
    return ParticipantsPaper(made_at=MADE, author=MINISTRY, title=title, places=SCHOOLS)


def order() -> OrderPaper:
    """An order with two appendices, registered."""
    return OrderPaper(
        made_at=MADE,
        author=MINISTRY,
        issuer=(MINISTRY,),
        issuer_genitive=MINISTRY_OF,
        signed_on=SIGNED,
        number="512-а",
        place="г. Новокедровск",
        title="Об организации работы профильных кластеров школ\nСеверолесского края в 2026/27 учебном году",
        preamble="В соответствии с Концепцией развития профильных кластеров школ Северолесского края на 2025–2028 годы, утверждённой приказом министерства образования Северолесского края от 04.03.2025 № 118-а, и для согласованной работы министерства, муниципальных органов управления образованием и школ",
        clauses=CLAUSES,
        signatory=MINISTER,
        appendices=(roadmap(7), participants()),
        verification=verification("7K4M-29QF-T3XB", "Приказ от 21.09.2026 № 512-а"),
    )


def draft() -> OrderPaper:
    """The same order as a draft."""
    block = replace(verification("D8WP-H3VN-45RC", "Проект приказа"), name="Приказ об организации работы кластеров")
    return replace(order(), stage=Stage.DRAFT, verification=block, appendices=(roadmap(3), participants()))


def for_signing() -> OrderPaper:
    """An order handed to an acting signatory, without appendices."""
    chief = Signatory(post="начальника управления образования", name="И.Ю. Лесникова", acting=True)
    clauses = (
        Clause(text="Назначить муниципальным координатором профильных кластеров В.С. Мирскую, главного специалиста."),
        Clause(text="Руководителям школ назначить школьных координаторов в срок до 08.10.2026.", term="до 08.10.2026"),
        Clause(text=control_clause()),
    )
    return OrderPaper(
        made_at=MADE,
        author="Управление образования",
        stage=Stage.FOR_SIGNING,
        issuer=("Администрация Светлореченского муниципального округа", "Управление образования"),
        issuer_genitive="управления образования администрации Светлореченского муниципального округа",
        place="пгт Светлая Речка",
        title="О назначении координаторов",
        preamble="Во исполнение приказа министерства образования Северолесского края от 21.09.2026 № 512-а",
        clauses=numbered(clauses),
        signatory=chief,
        drafted_by="Мирская Вера Сергеевна\n8 (000) 200-14-15",
        verification=verification("V5NE-92KD-HX7Q", "Приказ о назначении координаторов"),
    )


def signed_electronically() -> OrderPaper:
    """The order of the municipality, registered, with the mark of its electronic signature."""
    mark = ESignature(
        certificate="00C4 51A7 9E20 77B3",
        owner="Лесникова Ирина Юрьевна",
        valid_from=date(2026, 1, 14),
        valid_to=date(2027, 4, 14),
        verified=True,
    )
    given = for_signing()
    return replace(
        given,
        stage=Stage.REGISTERED,
        signed_on=date(2026, 9, 28),
        number="198-од",
        signatory=replace(given.signatory, signature=mark),
        verification=verification("E6TG-84MB-2WZA", "Приказ от 28.09.2026 № 198-од", electronic=True),
    )


def approved_plan() -> PlanPaper:
    """A municipality's plan under «УТВЕРЖДЁН приказом …», amended once."""
    rows: list[Entry] = [
        activity(1, "Определение школ – участников кластеров", ("Издан приказ управления образования", "до 01.10.2026", "О.Б. Сергиенко, начальник управления образования")),
        activity(2, "Изучение методических писем института", ("Письма изучены школьными командами", "до 23.10.2026", "Руководители школ")),
        activity(3, "Сопровождение разделов на сайтах школ", ("– раздел «Профильный кластер» открыт на сайте каждой школы\n– в разделе размещены план, контакты координатора, расписание занятий", "до 19.10.2026", "Руководители школ; В.С. Мирская"), ("Новости раздела обновляются", "постоянно", "Руководители школ")),
        Activity(number="4", title="Входной мониторинг условий в школах", results=(
            Result(text="Приказ о мониторинге направлен в школы", deadline="до 02.10.2026", executors=("В.С. Мирская",)),
            Result(text="Самодиагностика завершена", deadline="05.10.2026 – 12.10.2026", executors=("Руководители школ",)),
            Result(text="Справка по округу подготовлена", deadline="до 09.11.2026", executors=("В.С. Мирская",), note="(в ред. приказа от 02.11.2026 № 231-од)"),
        )),
        Excluded(number="5", text="Исключён. – Приказ от 02.11.2026 № 231-од."),
        activity(6, "Корректировка школьных планов", ("Изменения внесены", "до 23.11.2026", "Руководители школ")),
    ]  # fmt: skip
    act = Act(
        issuer="управления образования администрации Светлореченского муниципального округа",
        signed_on=date(2026, 10, 14),
        number="207-од",
    )
    return PlanPaper(
        made_at=MADE,
        author="Управление образования",
        title=(
            "Муниципальный план работы",
            "профильных кластеров школ Светлореченского муниципального округа\nна 2026/27 учебный год",
        ),
        stamp=ApprovedByAct(act=act),
        note="(в редакции приказа от 02.11.2026 № 231-од)",
        content=tuple(rows),
        verification=verification("M2HD-83VC-Q6RN", "Муниципальный план, приказ от 14.10.2026 № 207-од", edition=2),
    )


OFFICE_OF = "управления образования администрации Светлореченского муниципального округа"
CITED = f"{OFFICE_OF} от 14.10.2026 № 207-од"


def amending() -> OrderPaper:
    """An order that amends the municipality's plan: words replaced, a term prolonged, rows given anew, struck out, added."""
    anew = (
        activity(
            6,
            "Корректировка школьных планов",
            (
                "Изменения внесены, сведения о них размещены на сайтах школ",
                "до 23.11.2026",
                "Руководители школ; В.С. Мирская",
            ),
        ),
    )
    added = (
        activity(7, "Сверка договоров с партнёрами кластера", ("Договоры действуют, сведения обновлены", "до 15.12.2026", "В.С. Мирская"), ("Перечень договоров направлен в школы", "до 22.12.2026", "В.С. Мирская")),
    )  # fmt: skip
    changes = (
        Clause(
            text="в графе «Мероприятие» строк 3.1, 3.2 слова «на сайтах школ» заменить словами «на сайтах и в сообществах школ»;"
        ),
        Clause(
            text="в графе «Сроки проведения» строки 4.3 срок «до 28.10.2026» продлить до 09.11.2026;",
            term="до 09.11.2026",
        ),
        Clause(
            text="в графе «Ответственные исполнители» строки 4.3 слова «В.С. Мирская» заменить словами «И.Ю. Лесникова»;"
        ),
        Clause(text="строку 5 исключить;"),
        Clause(text="строку 6 изложить в следующей редакции:", excerpt=Excerpt(content=anew, end=";")),
        Clause(text="дополнить строками 7.1, 7.2 следующего содержания:", excerpt=Excerpt(content=added, end=".")),
    )
    given = for_signing()
    return replace(
        given,
        stage=Stage.REGISTERED,
        signed_on=date(2026, 11, 2),
        number="231-од",
        title=f"О внесении изменений в приказ {CITED}",
        preamble="Во исполнение приказа министерства образования Северолесского края от 21.09.2026 № 512-а, в связи с изменением сроков дорожной карты",
        clauses=numbered((
            Clause(text=f"Внести в муниципальный план работы профильных кластеров школ Светлореченского муниципального округа на 2026/27 учебный год, утверждённый приказом {CITED}, следующие изменения:", clauses=changes),
            Clause(text="Руководителям школ привести школьные планы в соответствие с настоящим приказом в срок до 16.11.2026.", term="до 16.11.2026"),
            Clause(text=control_clause()),
        )),
        signatory=Signatory(post="Начальник управления образования", name="О.Б. Сергиенко"),
        drafted_by="",
        verification=verification("A5XJ-49KS-W8UD", "Приказ от 02.11.2026 № 231-од"),
    )  # fmt: skip


def repealing() -> OrderPaper:
    """An order by which another one and what amended it lose their force, handed for signing."""
    orders = (
        Clause(text=f"приказ {CITED} «Об утверждении муниципального плана работы профильных кластеров школ»;"),
        Clause(text=f"приказ {OFFICE_OF} от 02.11.2026 № 231-од «О внесении изменений в приказ {CITED}»."),
    )
    return replace(
        amending(),
        stage=Stage.FOR_SIGNING,
        title=f"О признании утратившим силу приказа {CITED}",
        preamble="В связи с утверждением единого плана работы профильных кластеров школ Светлореченского муниципального округа",
        clauses=numbered((Clause(text="Признать утратившими силу:", clauses=orders), Clause(text=control_clause()))),
        verification=verification("R8KC-63TN-D4YM", "Приказ о признании утратившим силу"),
    )


def comparison() -> ComparisonPaper:
    """What the amending order changes, side by side."""

    def cell(label: str, *runs: tuple[str, str]) -> ComparedCell:
        return ComparedCell(label, tuple(Run(text, mark) for text, mark in runs))

    site = ("Сопровождение разделов на ", "")
    order_231, upper = "приказ от 02.11.2026 № 231-од", f"вслед за приказом {MINISTRY_OF} от 28.10.2026 № 574-а"
    return ComparisonPaper(
        made_at=MADE,
        author="Управление образования",
        title=("Сравнительная таблица", "к изменениям в муниципальный план работы профильных кластеров школ\nСветлореченского муниципального округа на 2026/27 учебный год"),
        sides=("Было\nредакция 1, приказ от 14.10.2026 № 207-од", "Стало\nредакция 2, приказ от 02.11.2026 № 231-од"),
        legend="исключённые слова зачёркнуты, новые подчёркнуты",
        sections=(
            ComparedSection("", (
                ComparedRow(number="3", word="изменена", was=(cell("Мероприятие", site, ("сайтах школ", "")),), became=(cell("Мероприятие", site, ("сайтах ", ""), ("и в сообществах ", "ins"), ("школ", "")),), why=(order_231,)),
                ComparedRow(number="4.3", word="изменена", title="Входной мониторинг условий в школах", was=(cell("Срок", ("до ", ""), ("28.10.2026", "del")), cell("Исполнители", ("В.С. Мирская", "del"))), became=(cell("Срок", ("до ", ""), ("09.11.2026", "ins")), cell("Исполнители", ("И.Ю. Лесникова", "ins"))), why=(order_231, upper, "край, 8.4")),
                ComparedRow(number="5", word="исключена", title="Входной опрос родителей", was=(cell("Результат", ("Отчёт опубликован", "del")), cell("Срок", ("до 30.10.2026", "del")), cell("Исполнители", ("Руководители школ", "del"))), why=(order_231, "причина: опрос проводит краевой центр")),
                ComparedRow(number="6", word="изменена", title="Корректировка школьных планов", was=(cell("Результат", ("Изменения внесены", "")), cell("Исполнители", ("Руководители школ", ""))), became=(cell("Результат", ("Изменения внесены", ""), (", сведения о них размещены на сайтах школ", "ins")), cell("Исполнители", ("Руководители школ", ""), ("; В.С. Мирская", "ins"))), why=(order_231,)),
                ComparedRow(number="7.1", word="добавлена", title="Сверка договоров с партнёрами кластера", became=(cell("Результат", ("Договоры действуют, сведения обновлены", "ins")), cell("Срок", ("до 15.12.2026", "ins")), cell("Исполнители", ("В.С. Мирская", "ins"))), why=(order_231,)),
            )),
        ),
        verification=None,
    )  # fmt: skip


def signed_plan() -> PlanPaper:
    """A cluster's plan under «УТВЕРЖДАЮ» with a title page, in the cluster's form, sections within sections."""
    director = Signatory(post="Директор МБОУ\n«Средняя школа № 1\nпгт Светлая Речка»", name="Т.Е. Ольшанская")
    school = "Директор опорной школы"
    content = (
        Section(number="I.", title="Организация и управление", content=(
            Section(number="1.", title="Нормативное обеспечение", content=(
                activity("1.1", "Обновление соглашений о сетевом взаимодействии", ("Соглашения подписаны", "январь, сентябрь", school)),
                activity("1.2", "Согласование расписания сетевых занятий", ("Расписание", "до 15 числа последнего месяца четверти", "Заместители директоров школ")),
            )),
            Section(number="2.", title="Взаимодействие участников", content=(
                activity("1.1", "Заседания совета кластера", ("Протоколы заседаний", "1 раз в квартал", "Председатель совета")),
                activity("1.2", "Подвоз обучающихся на сетевые занятия", ("Маршруты согласованы", "до 25.08.2026", f"{school}; Управление образования"), ("Договор с перевозчиком", "до 28.08.2026", school)),
            )),
        )),
        Section(number="II.", title="Методическая работа", content=(
            Section(number="1.", title="Работа с учителями", content=(
                Section(number="1.1.", title="Совместные мероприятия для педагогов школ кластера", content=(
                    activity("1.1.1", "Заседания методических объединений", ("Рекомендации", "ежеквартально", "Руководители объединений")),
                    activity("1.1.2", "Круглый стол «Урок на предприятии»", ("Программа, материалы, заметка на сайте", "март 2027 г.", "Методист опорной школы")),
                )),
            )),
        )),
        Section(number="III.", title="Работа с обучающимися", content=(
            activity("1.1", "Неделя профессий", ("Не менее 12 встреч", "08.02.2027 – 13.02.2027", "Классные руководители")),
            activity("1.2", "Летняя практика на агрокомплексе", ("Практику прошли 40 обучающихся", "июнь 2027 г.", f"{school}; Агрокомплекс «Липовый Яр»")),
        )),
    )  # fmt: skip
    return PlanPaper(
        made_at=MADE,
        author="МБОУ «Средняя школа № 1 пгт Светлая Речка»",
        title=(
            "План",
            "работы агротехнологического кластера\nСветлореченского муниципального округа\nна 2027 год",
            "(опорная школа – МБОУ «Средняя школа № 1\nпгт Светлая Речка»)",
        ),
        stamp=ApprovedByPerson(signatory=director, year=2026),
        stage=Stage.FOR_SIGNING,
        cover=Cover(foot="пгт Светлая Речка, 2026"),
        columns=CLUSTER_FORM,
        numbering=Numbering.ONCE,
        goal="дать каждому обучающемуся округа возможность учиться по выбранному профилю независимо от того, в какой школе он учится.",
        tasks=(
            "объединить учителей, мастерские и лаборатории школ округа для профильных занятий;",
            "закрепить за каждой профильной группой партнёра из числа предприятий и колледжей;",
            "помочь обучающимся 8 и 9 классов осознанно выбрать профиль.",
        ),
        content=content,
        verification=verification("C9TW-55ZA-P2ZE", "План работы кластера на 2027 год", edition=1),
    )


def long_plan() -> PlanPaper:
    """A draft whose activity is longer than a sheet."""
    results = tuple(
        Result(
            text=f"Материалы этапа {stage} подготовлены, согласованы с участниками программы, сведения внесены в информационную систему",
            deadline=f"до {stage:02}.11.2026",
            executors=(INSTITUTE, "Руководители школ"),
        )
        for stage in range(1, 15)
    )
    before = activity(6, "Закрепление партнёров", ("Соглашения подписаны", "до 30.09.2026", "Руководители школ"))
    long = Activity(number="7", title="Межведомственная программа профильной подготовки", results=results)
    after = activity(8, "Совещание координаторов", ("Протокол направлен", "до 06.11.2026", DEPARTMENT))
    return PlanPaper(
        made_at=MADE,
        author=MINISTRY,
        title=("Мероприятия", "межведомственной программы на 2026 год"),
        stamp=ApprovedByAct(act=Act(issuer=MINISTRY_OF)),
        stage=Stage.DRAFT,
        content=(before, long, after),
        numbering=Numbering.ONCE,
    )


def approval_sheet() -> ApprovalSheetPaper:
    """Four visas, one by a body outside the tree, one with a remark."""
    visas = (
        Visa(post="Заместитель министра образования", name="Р.Т. Калинова", decision="Согласовано", signed_on=date(2026, 9, 16)),
        Visa(post="Начальник отдела правового обеспечения", name="Д.А. Юрьев", decision="Согласовано с замечанием", signed_on=date(2026, 9, 17), remark="В пункте 5.3 указать, что школы уведомляются через информационную систему."),
        Visa(post="Ректор", organization=INSTITUTE.replace("ий институт", "ого института"), name="Л.В. Захарьина"),
        Visa(post="Министр", organization="Министерство финансов Северолесского края", name="К.О. Туманов"),
    )  # fmt: skip
    return ApprovalSheetPaper(
        made_at=MADE,
        author=MINISTRY,
        stage=Stage.FOR_SIGNING,
        issuer=(MINISTRY,),
        subject="к проекту приказа министерства образования Северолесского края",
        title="Об организации работы профильных кластеров школ Северолесского края в 2026/27 учебном году",
        visas=visas,
        verification=verification("H4ZB-77QG-N6WD", "Лист согласования"),
    )


def samples() -> dict[str, "Printable"]:
    """Give every document by the name of its file."""
    return {
        "order": order(),
        "order-draft": draft(),
        "order-for-signing": for_signing(),
        "order-signed-electronically": signed_electronically(),
        "order-amending": amending(),
        "order-repealing": repealing(),
        "comparison-table": comparison(),
        "appendix-1-roadmap": replace(order(), appendices=(roadmap(), participants())).appendix(0),
        "appendix-2-participants": order().appendix(1),
        "plan-approved-by-order": approved_plan(),
        "plan-approved-by-person": signed_plan(),
        "plan-draft-long-activity": long_plan(),
        "approval-sheet": approval_sheet(),
    }


EDITABLE = ("order.docx", "plan-approved-by-order.docx", "plan-approved-by-order.xlsx", "appendix-2-participants.xlsx")
"""Samples that are written as editable files too."""


def editable(name: str) -> bytes:
    """Give a sample as Word or Excel."""
    from documents.office import Tabular, write_excel, write_word

    paper = samples()[name.rpartition(".")[0]]
    assert not isinstance(paper, ComparisonPaper), "a comparison has a writer of its own"
    if name.endswith(".docx"):
        return write_word(paper)
    assert isinstance(paper, Tabular), "an approval sheet has no cells to reckon with"
    return write_excel(paper)


def data_of(paper: "Printable") -> Mapping[str, Any]:
    """Give the JSON that a sample carries."""
    plans = paper.appendices if isinstance(paper, OrderPaper) else (paper,)
    rows = [asdict(entry) for plan in plans if isinstance(plan, PlanPaper) for entry in plan.content]
    return {"name": paper.name, "rows": rows}


def main() -> None:
    """Write the samples, or those that are named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")
    import django

    django.setup()
    from documents.rendering import render

    folder = Path(os.environ.get("SAMPLES", FOLDER))
    folder.mkdir(parents=True, exist_ok=True)
    for name in EDITABLE:
        if not sys.argv[1:] or name in sys.argv[1:]:
            (folder / name).write_bytes(editable(name))
    for name, paper in samples().items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        made = render(paper, data=data_of(paper))
        (folder / f"{name}.pdf").write_bytes(made.pdf)
        faults = "; ".join(made.audit) or "sound"
        print(f"{name:30} {made.sheets} sheets  {made.passes} layouts  {len(made.pdf) // 1024} KB  {faults}")


if __name__ == "__main__":
    main()
