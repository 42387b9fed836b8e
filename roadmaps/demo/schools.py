"""The patterns of school plans, and the plan of a cluster that is led by one school."""

from dataclasses import replace

from roadmaps.choices import LinkKind, Rule
from roadmaps.demo.notation import Activity, Decree, Plan, Result, Section, Tie, Turn, consumes, feeds, implements
from roadmaps.demo.regional_plan import HEADS_OF_SCHOOLS

# One row of a plan is one line here, as on paper.
# fmt: off
DECREE = Decree(
    number="",
    day="-08-31",
    title="О школьном плане программы «Профильная школа Тихолесья»",
    preamble="Во исполнение муниципального плана программы «Профильная школа Тихолесья» приказываю:",
    clauses=(
        ("1", "Утвердить школьный план программы на {year} учебный год."),
        ("2", "Школьный координатор программы – {deputy}."),
        ("3", "Разместить план на школьной странице до {09-11}."),
        ("4", "Сроки строк, взятые из муниципального плана, изменяются одновременно с изменением этих сроков в нём."),
    ),
)

PLAN = Plan(
    title="План профильной группы на {year} учебный год ({place})",
    decree=DECREE,
    sections=(
        Section(
            "",
            (
                Activity(
                    "Рабочая группа профиля",
                    (
                        Result("s.team", "Приказ директора о рабочей группе", "до {09-15}", ("{head}",)),
                        Result("s.card", "Карточка специализированного класса заполнена", "до {09-16}", ("{deputy}",)),
                    ),
                ),
                Activity(
                    "Площадка и наставник",
                    (Result("s.partner", "Договор с площадкой подписан, наставник и расписание посещений названы", "до {10-12}", ("{head}",), implements("m.partners")),),
                ),
                Activity(
                    "Учёба учителей",
                    (
                        Result("s.letters", "Методические письма изучены на педсовете", "до {10-15}", ("{deputy}",), consumes("m.letters")),
                        Result("s.trained", "Два учителя прошли стажировку", "октябрь {first} г. – апрель {second} г.", ("{deputy}",), implements("m.trained", Rule.SAME)),
                        Result("s.lessons", "Взаимные посещения занятий профильной группы", "в течение учебного года", ("{deputy}", "{teacher}")),
                    ),
                ),
                Activity(
                    "Страница профильной группы",
                    (
                        Result("s.pages", "На школьной странице рассказано о профилях, наставниках и приёме", "до {10-06}", ("{teacher}",), implements("m.pages")),
                        Result("s.review", "Страница дополнена фотографиями и отзывами", "до {03-03}", ("{teacher}",), implements("m.review")),
                    ),
                ),
                Activity(
                    "Осенний опрос",
                    (
                        Result("s.inform", "Семьи и ученики оповещены об опросе на собраниях и в чатах", "{10-12>} – {10-16}", ("{teacher}",), implements("m.inform", Rule.SAME)),
                        Result("s.survey", "Ученики и родители ответили на вопросы", "{10-19>} – {10-21}", ("{deputy}",), implements("m.survey", Rule.WITHIN)),
                    ),
                ),
                Activity(
                    "Профильные смены и турнир",
                    (
                        Result("s.shifts", "Ученики побывали на профильной смене", "{10-26>} – {10-30}, {03-22>} – {03-26}", ("{teacher}",), implements("m.shifts", Rule.SAME)),
                        Result("s.tournament", "Школьная команда выбрана", "до {03-31}", ("{teacher}",), feeds("m.tournament", 2)),
                    ),
                ),
                Activity(
                    "Стартовая самооценка",
                    (
                        Result("s.check1", "Лист самооценки заполнен", "{10-05>} – {10-14}", ("{deputy}",), implements("m.check1", Rule.WITHIN)),
                        Result("s.check1-note", "Справка по самооценке показана педсовету", "до {10-26}", ("{deputy}",), implements("m.check1-note")),
                    ),
                ),
                Activity(
                    "Выводы из разбора с директорами",
                    (Result("s.lessons-learnt", "Расписание посещений площадки поправлено", "до {11-20}", ("{deputy}",), consumes("m.meeting")),),
                ),
                Activity(
                    "Самооценка в середине и в конце года",
                    (
                        Result("s.check2", "Лист самооценки обновлён за полугодие", "{01-18>} – {01-26}", ("{deputy}",), implements("m.check2", Rule.WITHIN)),
                        Result("s.check3", "Лист самооценки закрыт за год", "{05-17>} – {05-25}", ("{deputy}",), implements("m.check3", Rule.WITHIN)),
                    ),
                ),
                Activity(
                    "Весенний опрос",
                    (Result("s.spring", "Ученики и родители ответили на вопросы", "{04-19>} – {04-27}", ("{deputy}",), implements("m.spring", Rule.WITHIN)),),
                ),
                Activity(
                    "Консультации для родителей",
                    (Result("s.advice", "Вопросы семей разобраны", "в течение учебного года (по запросу)", ("{deputy}",)),),
                ),
                Activity(
                    "Итог года",
                    (
                        Result("s.day", "День профильной группы: ученики показывают, чему научились", "май {second} г.", ("{teacher}", "{deputy}")),
                        Result("s.result", "Отчёт о годе заслушан педсоветом", "до {06-16}", ("{head}",)),
                    ),
                ),
            ),
        ),
    ),
)

ADOPTED = (
    "m.partners", "m.trained", "m.pages", "m.inform", "m.survey", "m.shifts", "m.check1", "m.check2", "m.check3", "m.spring", "m.review",
)  # fmt: skip
"""What a small school takes over from the municipal plan as it stands."""

STEADY = Turn()
WITHOUT_TEACHER = Turn(omit=frozenset({"s.lessons", "s.tournament"}))
# Equal to the municipality's date, and later than the region's.
LIKE_ABOVE = Turn(
    changes={
        "s.check1-note": {"when": "до {11-06}", "ties": implements("m.check1-note", Rule.SAME)},
        "s.survey": {"when": "{10-20>} – {10-27}", "ties": implements("m.survey", Rule.SAME)},
    }
)
LATE = Turn(
    changes={
        "s.card": {"when": "до {09-25}"},
        "s.partner": {"when": "до {10-30}"},
        "s.pages": {"when": "до {10-16}"},
        "s.check2": {"when": "{01-12>} – {01-22}"},
        "s.result": {"when": ""},
    },
    omit=frozenset({"s.inform", "s.review"}),
)
SLIPS = Turn(
    changes={
        "s.check1": {"when": "{10-05>} {10-14}"},
        "s.letters": {"when": "до {09-25}"},
        "s.day": {"when": "май {first} г."},
        "s.lessons-learnt": {"when": "до {11-20@+1}"},
        "s.team": {"who": ()},
    }
)
EXPLAINED = Turn(changes={"s.partner": {"when": "до {10-20}"}})

NETWORK = Plan(
    title="Сетевой план кластера «Речной и логистический» на {year} учебный год",
    goal="Школы вдоль реки учат одному делу вместе: общий причал, общий тренажёр, общие наставники.",
    decree=Decree(
        number="61-с",
        day="-08-28",
        title="О сетевом плане кластера",
        preamble="По соглашению школ кластера приказываю:",
        clauses=(
            ("1", "Утвердить сетевой план кластера на {year} учебный год."),
            ("2", "Школам кластера назвать ответственных до {09-11}."),
        ),
    ),
    sections=(
        Section(
            "Общее дело",
            (
                Activity("Сетевое расписание", (Result("n.timetable", "Расписание общих занятий принято всеми школами кластера", "до {09-18}", ("{deputy}",)),)),
                Activity("Тренажёр речной обстановки", (Result("n.simulator", "Группы занимаются на тренажёре", "по отдельному графику", ("{teacher}",)),)),
                Activity("Журнал реки", (Result("n.log", "Выпущен номер ученического журнала", "ежеквартально до 20 числа", ("{teacher}",)),)),
                Activity(
                    "Зимний лагерь логистов",
                    (
                        Result("n.camp-plan", "Программа лагеря согласована", "до {12-11}", ("{deputy}",)),
                        Result("n.camp", "Лагерь прошёл на базе речного колледжа", "{02-01>} – {02-05}", ("{head}",)),
                    ),
                ),
            ),
        ),
        Section(
            "Открытие навигации",
            (
                Activity("Практика на причале", (Result("n.pier", "Ученики отработали смены на причале", "{05-04>} – {05-29}", ("{teacher}",)),), number="1."),
                Activity("Регата моделей", (Result("n.regatta", "Регата собрала все школы кластера", "{05-15~}", ("{deputy}",)),), number="2."),
                Activity("Встреча школ кластера", (Result("n.meeting", "Итоги подведены, план следующего года намечен", "до {06-15}", (HEADS_OF_SCHOOLS,)),), number="3."),
            ),
        ),
    ),
)
# fmt: on


def adopted(result: Result) -> Result:
    """Give a municipal row as a small school takes it over: its words and its date, its own people."""
    return replace(result, ties=(Tie(result.key, LinkKind.IMPLEMENTS, Rule.SAME),), who=("{deputy}",))
