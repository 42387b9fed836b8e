"""Plans of the two institutes."""

from roadmaps.choices import Rule
from roadmaps.demo.notation import Activity, Decree, Plan, Result, Section, consumes, feeds, implements

# One row of a plan is one line here, as on paper.
# fmt: off
MASTERY = Plan(
    title="План Тихолесского института педагогического мастерства по программе «Профильная школа Тихолесья» на {year} учебный год",
    goal="Учитель профильной группы не остаётся один: у него есть стажировка, методист и коллеги.",
    decree=Decree(
        number="88",
        day="-08-26",
        title="О плане института по программе «Профильная школа Тихолесья»",
        preamble="Во исполнение краевой дорожной карты программы приказываю:",
        clauses=(
            ("1", "Утвердить план института на {year} учебный год."),
            ("2", "Кафедрам представить темы стажировок до {09-09}."),
            ("3", "Ход исполнения ведёт проректор."),
        ),
    ),
    sections=(
        Section(
            "",
            (
                Activity(
                    "Стажировки на предприятиях",
                    (
                        Result("i.calendar", "Календарь стажировок составлен и открыт для записи", "до {09-16}", ("{coordinator}",), implements("r.calendar")),
                        Result("i.trained", "Стажировку прошли 64 учителя", "октябрь {first} г. – апрель {second} г.", ("{coordinator}",), implements("r.trained", Rule.SAME)),
                    ),
                ),
                Activity(
                    "Методическая почта",
                    (Result("i.letters", "Тексты двух методических писем переданы министерству", "до {09-21}", ("{head}",), feeds("r.letters", 2)),),
                ),
                Activity(
                    "Лаборатория наставника",
                    (
                        Result("i.lab", "Занятия лаборатории проведены для наставников всех кластеров", "ежемесячно до 20 числа", ("{coordinator}",)),
                        Result("i.guide", "Памятка наставника выпущена и открыта школам", "до {10-30}", ("{coordinator}",)),
                    ),
                ),
                Activity(
                    "Выездные дни методистов",
                    (Result("i.visits", "Прошло 5 выездных дней", "по отдельному графику", ("{head}",), implements("r.visits")),),
                ),
                Activity(
                    "Помощь жюри турнира ученических проектов",
                    (Result("i.jury", "Эксперты жюри подготовлены", "до {04-02}", ("{coordinator}",), feeds("r.tournament", 5)),),
                ),
            ),
        ),
    ),
)

CENTRE = Plan(
    title="План Краевого центра профильных проб по программе «Профильная школа Тихолесья» на {year} учебный год",
    sections=(
        Section(
            "",
            (
                Activity(
                    "Краевой банк практических занятий",
                    (Result("c.bank", "Банк открыт, в нём 12 программ", "до {11-11}", ("{coordinator}",), implements("r.bank")),),
                ),
                Activity(
                    "Конкурс «Рядом с мастером»",
                    (
                        Result("c.rules", "Положение о конкурсе согласовано", "до {11-27}", ("{head}",), implements("r.contest-rules")),
                        Result("c.contest", "Испытания наставников", "{02-08>} – {02-19}", ("{coordinator}",), implements("r.contest", Rule.SAME)),
                    ),
                ),
                Activity(
                    "День открытых мастерских",
                    (Result("c.open-day", "Мастерские открыты в 20 школах", "{10-24~}", ("{coordinator}",), implements("r.open-day", Rule.SAME)),),
                ),
                Activity(
                    "Профильные смены",
                    (Result("c.shifts", "Смены прошли на трёх площадках", "{10-26>} – {10-30}, {03-22>} – {03-26}", ("{coordinator}",), implements("r.shifts", Rule.SAME)),),
                ),
                Activity(
                    "Разбор осенних ответов",
                    (Result("c.answers", "Выводы опроса учтены в программе смен", "до {11-27}", ("{coordinator}",), consumes("r.survey-report")),),
                ),
            ),
        ),
    ),
)
