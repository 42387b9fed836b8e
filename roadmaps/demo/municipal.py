"""The pattern of municipal plans, and how a dozen of them differ from it."""

from roadmaps.choices import LinkKind, Rule
from roadmaps.demo.notation import (
    Activity,
    Decree,
    Plan,
    Result,
    Section,
    Tie,
    Turn,
    consumes,
    feeds,
    implements,
    mirrors,
)
from roadmaps.demo.regional_plan import HEADS_OF_SCHOOLS

# One row of a plan is one line here, as on paper.
# fmt: off
DECREE = Decree(
    number="",
    day="-08-27",
    title="О плане программы «Профильная школа Тихолесья» в {locative}",
    preamble="Во исполнение краевой дорожной карты программы «Профильная школа Тихолесья» приказываю:",
    clauses=(
        ("1", "Утвердить план программы в {locative} на {year} учебный год (приложение)."),
        ("2", "Муниципальный координатор программы – {coordinator}."),
        ("3", "Директорам школ:"),
        ("3.1", "принять школьные планы программы до {09-30};"),
        ("3.2", "обсудить план с педагогами и родителями до {10-16}."),
        ("4", "Установить, что сроки строк, взятые из краевой дорожной карты, изменяются одновременно с изменением этих сроков в ней."),
        ("5", "Наблюдение за исполнением оставляю за собой."),
    ),
)

PLAN = Plan(
    title="План программы «Профильная школа Тихолесья» в {locative} на {year} учебный год",
    goal="Профильная проба доступна старшекласснику в любой школе {genitive}.",
    decree=DECREE,
    sections=(
        Section(
            "Начало года",
            (
                Activity(
                    "Запуск программы в {locative}",
                    (
                        Result("m.coordinator", "Приказ управления о координаторе программы", "до {09-09}", ("{head}",), implements("r.towns")),
                        Result("m.list", "Список школ-участниц сверен с краевым", "до {09-10}", ("{coordinator}",), consumes("r.list")),
                    ),
                ),
                Activity(
                    "Партнёры школ",
                    (
                        Result(
                            "m.partners",
                            "За школами закреплены площадка для практики, наставник от предприятия, расписание посещений",
                            "до {10-14}",
                            (HEADS_OF_SCHOOLS, "{coordinator}"),
                            implements("r.partners"),
                        ),
                        Result("m.agreements", "Договоры школ с предприятиями собраны в папку на портале", "до {10-21}", ("{coordinator}",)),
                    ),
                ),
                Activity(
                    "Программа на совете директоров",
                    (Result("m.council", "Совет директоров рассмотрел ход программы", "ежеквартально до 5 числа", ("Совет директоров школ",), implements("r.council", Rule.SAME)),),
                ),
            ),
        ),
        Section(
            "Учителя и занятия",
            (
                Activity(
                    "Стажировки",
                    (
                        Result("m.trainees", "Имена стажёров переданы институту", "до {09-11}", ("{methodist}",), feeds("r.calendar", 3)),
                        Result("m.trained", "Стажировку прошли по два учителя от школы", "октябрь {first} г. – апрель {second} г.", ("{methodist}",), implements("r.trained", Rule.SAME)),
                    ),
                ),
                Activity(
                    "Работа с методическими письмами",
                    (Result("m.letters", "Письма обсуждены с завучами школ", "до {10-09}", ("{methodist}",), consumes("r.letters")),),
                ),
                Activity(
                    "Программы для краевого банка",
                    (Result("m.bank", "Лучшие программы занятий переданы в краевой банк", "до {11-06}", ("{methodist}",), feeds("r.bank", 5)),),
                ),
                Activity(
                    "Приём выездных методистов",
                    (Result("m.visits", "Методисты приняты, занятия открыты для соседних школ", "по отдельному графику", ("{methodist}",), implements("r.visits")),),
                ),
                Activity(
                    "Наставники на краевом конкурсе",
                    (
                        Result("m.entries", "Заявки наставников собраны", "до {01-29}", ("{coordinator}",), feeds("r.contest")),
                        Result("m.contest", "Наставники приняли участие в испытаниях", "{02-08>} – {02-19}", ("{coordinator}",), consumes("r.contest", Rule.SAME)),
                    ),
                ),
            ),
        ),
        Section(
            "Ученики и семьи",
            (
                Activity(
                    "Знакомство с профилями",
                    (
                        Result("m.pages", "На школьных страницах есть рассказ о профилях, наставниках и приёме", "до {10-07}", (HEADS_OF_SCHOOLS,), implements("r.pages")),
                        Result("m.open-day", "Краевой день открытых мастерских", "{10-24~}", ("Краевой центр профильных проб",), mirrors("r.open-day")),
                    ),
                ),
                Activity(
                    "Осенний опрос «Что я знаю о профилях»",
                    (
                        Result("m.questions", "Ссылка на опросный лист есть в школах", "{10-09}", ("{coordinator}",), consumes("r.questions")),
                        Result("m.inform", "Семьи и ученики оповещены о днях и порядке опроса", "{10-12>} – {10-16}", (HEADS_OF_SCHOOLS,), implements("r.inform", Rule.SAME)),
                        Result("m.survey", "Опрос прошёл в сети, имён никто не спрашивал", "{10-19>} – {10-22}", (HEADS_OF_SCHOOLS,), implements("r.survey", Rule.WITHIN)),
                        Result("m.survey-report", "Отчёт по ответам открыт на странице управления", "до {10-28}", ("{coordinator}",), implements("r.survey-report", Rule.SHIFTED, -2, working=True)),
                    ),
                ),
                Activity(
                    "Профильные смены",
                    (Result("m.shifts", "Школьники побывали на сменах", "{10-26>} – {10-30}, {03-22>} – {03-26}", ("{methodist}",), implements("r.shifts", Rule.SAME)),),
                ),
                Activity(
                    "Отбор проектов на краевой турнир",
                    (Result("m.tournament", "Команды отобраны и заявлены", "до {04-05}", ("{methodist}",), feeds("r.tournament", 5)),),
                ),
                Activity(
                    "Ярмарка практик",
                    (Result("m.fair", "Предприятия показали летние рабочие места", "апрель {second} г.", ("{coordinator}",), implements("r.fair", Rule.SAME)),),
                ),
            ),
        ),
        Section(
            "Самооценка",
            (
                Activity(
                    "Стартовая самооценка условий",
                    (
                        Result("m.check1-order", "Приказ управления о самооценке школ", "до {10-02}", ("{coordinator}",), implements("r.check1-order", Rule.SAME)),
                        Result("m.check1", "Школы заполнили листы самооценки", "{10-05>} – {10-16}", (HEADS_OF_SCHOOLS,), implements("r.check1", Rule.SAME)),
                        Result("m.check1-note", "Справка по итогам самооценки школ", "до {10-28}", ("{coordinator}",), implements("r.check1-note")),
                    ),
                ),
                Activity(
                    "Разбор самооценки с директорами",
                    (Result("m.meeting", "Протокол с поручениями передан директорам", "до {11-10}", ("{head}",), implements("r.meeting")),),
                ),
                Activity(
                    "Самооценка за полугодие",
                    (
                        Result("m.check2-order", "Приказ управления о самооценке за полугодие", "до {01-15}", ("{coordinator}",), implements("r.check2-order", Rule.SAME)),
                        Result("m.check2", "Школы обновили листы самооценки", "{01-18>} – {01-27}", (HEADS_OF_SCHOOLS,), implements("r.check2", Rule.WITHIN)),
                        Result("m.check2-note", "Справка о сдвигах за полугодие", "до {02-10}", ("{coordinator}",), implements("r.check2-note")),
                    ),
                ),
                Activity(
                    "Самооценка за год",
                    (
                        Result("m.check3", "Школы завершили листы самооценки", "{05-17>} – {05-26}", (HEADS_OF_SCHOOLS,), implements("r.check3", Rule.WITHIN)),
                        Result("m.check3-note", "Справка о годе программы", "до {06-09}", ("{coordinator}",), implements("r.check3-note")),
                    ),
                ),
                Activity(
                    "Весенний опрос «Что дала профильная группа»",
                    (
                        Result("m.spring", "Опрос прошёл в сети, имён никто не спрашивал", "{04-19>} – {04-28}", (HEADS_OF_SCHOOLS,), implements("r.spring", Rule.WITHIN)),
                        Result("m.spring-report", "Отчёт по весенним ответам", "до {05-12}", ("{coordinator}",), implements("r.spring-report")),
                    ),
                ),
            ),
        ),
        Section(
            "Открытость и итоги",
            (
                Activity(
                    "Сводки новостей программы",
                    (Result("m.news", "Сводка передана в летопись края", "ежемесячно до 25 числа", ("{coordinator}",), implements("r.news", Rule.SAME)),),
                ),
                Activity(
                    "Порядок на школьных страницах",
                    (Result("m.review", "Страницы дополнены перед краевым просмотром", "до {03-05}", (HEADS_OF_SCHOOLS,), feeds("r.review", 2)),),
                ),
                Activity(
                    "Уточнение плана в середине года",
                    (Result("m.revised", "План пересмотрен с оглядкой на полугодовую самооценку", "до {02-24}", ("{coordinator}",), implements("r.revised")),),
                ),
                Activity(
                    "Материалы к публичному докладу",
                    (
                        Result("m.report", "Страница {genitive} для доклада передана министерству", "до {06-11}", ("{coordinator}",), feeds("r.report", 10)),
                        Result("m.forum", "Делегация побывала на форуме", "{06-17}", ("{head}",), consumes("r.forum", Rule.SAME)),
                    ),
                ),
                Activity(
                    "Замысел следующего года",
                    (Result("m.next", "Предложения {genitive} к дорожной карте на {next} учебный год", "до {07-30}", ("{head}",), feeds("r.next", 10)),),
                ),
            ),
        ),
    ),
)

GRADUATES = Activity(
    "Встречи с выпускниками профильных групп",
    (Result("m.graduates", "Выпускники рассказали о выборе профессии", "февраль {second} г.", ("{methodist}",)),),
)
BUSES = Activity(
    "Подвоз учеников на площадки",
    (Result("m.buses", "Маршруты и расписание подвоза согласованы", "до {09-25}", ("{head}",)),),
)

# In force. The first has sent a second edition to its signatory; the second slipped after the region's dates.
STEADY = Turn(extra=(GRADUATES,))
SLIPPED = Turn(
    changes={
        "m.check1-note": {"when": "до {11-06}"},
        "m.meeting": {"when": "до {11-17}"},
        "m.survey-report": {"when": "до {11-03}"},
        "m.survey": {"when": "{10-20>} – {10-27}"},
    },
    extra=(BUSES,),
)
LATE_ORDER = Turn(omit=frozenset({"m.fair", "m.next"}))
NARROWED = Turn(
    changes={
        "m.partners": {"text": "За школами закреплены площадка для практики и расписание посещений"},
        "m.open-day": {"when": "{10-31~}"},
    },
    omit=frozenset({"m.agreements"}),
)
FAITHFUL = Turn(
    changes={
        "m.check2": {"when": "{01-18>} – {01-29}", "ties": implements("r.check2", Rule.SAME)},
        "m.survey": {"when": "{10-19>} – {10-23}", "ties": implements("r.survey", Rule.SAME)},
    }
)

# What the region has to talk about: a reason in place of a row, rows that nobody took over, a list that was cut short.
WAIVED = Turn(
    waive={"r.news": "В округе нет своей летописи: новости школ собирает районный музей и передаёт их в край раз в полугодие."},
    omit=frozenset({"m.news", "m.fair"}),
    extra=(GRADUATES,),
)
GAPPED = Turn(changes={"m.pages": {"when": "до {10-16}"}}, omit=frozenset({"m.revised", "m.spring", "m.spring-report", "m.visits"}))
THINNED = Turn(
    changes={
        "m.partners": {"text": "За школами закреплены наставник от предприятия и расписание посещений"},
        "m.check3": {"when": "{05-17>} – {05-31>}"},
    },
    omit=frozenset({"m.council"}),
)

# Submitted: what was in the way is explained.
EXPLAINED = Turn(
    changes={"m.partners": {"when": "до {10-23}"}, "m.check3": {"when": "{05-12>} – {05-26}"}},
    waive={"r.news": "Сводку новостей за округ готовит редакция районной газеты по договору."},
    omit=frozenset({"m.news"}),
)
TIDY = Turn(omit=frozenset({"m.agreements", "m.forum"}), extra=(GRADUATES,))

# Returned, and drafts.
SENT_BACK = Turn(changes={"m.partners": {"when": "до {10-30}"}, "m.tournament": {"when": "до {04-14}"}}, omit=frozenset({"m.visits"}))
TROUBLED = Turn(
    changes={
        "m.list": {"when": "до {09-02}"},
        "m.partners": {"text": "За школами закреплены площадка для практики и наставник от предприятия", "when": "до {10-30}"},
        "m.trainees": {"when": "до {09-18}"},
        "m.letters": {"when": "до {09-18}", "who": ("{regional_coordinator}, министерство образования",)},
        "m.inform": {"when": "{10-05>} – {10-09}"},
        "m.survey": {"when": "{10-19>} {10-23}"},
        "m.survey-report": {"when": "до {11-06}"},
        "m.open-day": {"when": "{10-23}"},
        "m.check1-order": {"when": "до {10-05>}"},
        "m.check1": {"when": "{10-05>} – {10-20}"},
        "m.meeting": {"when": "до {11-10@+1}"},
        "m.check2": {"when": "– {01-27}"},
        "m.check2-order": {"when": "до {01-20}"},
        "m.check2-note": {"when": "до {01-22}"},
        "m.check3": {"when": "{05-12>} – {05-26}"},
        "m.check3-note": {"when": "", "who": ()},
        "m.spring-report": {"who": ("{misspelt_coordinator}",)},
        "m.fair": {"text": ""},
    },
    omit=frozenset({"m.news", "m.revised"}),
    extra=(
        Activity("Порядок на школьных страницах", (Result("m.review-again", "Страницы дополнены перед краевым просмотром", "до {03-05}", (HEADS_OF_SCHOOLS,)),)),
        Activity("Родительский клуб «Выбираем вместе»", (Result("m.club", "Занятия клуба проведены", "ежемесячно, последняя пятница", ("{methodist}",)),), number="21."),
    ),
)
HALFWAY = Turn(
    changes={
        "m.partners": {"when": "до {10-23}"},
        "m.bank": {"when": "до {11-13}"},
        "m.check1-note": {"when": "до {10-30}", "ties": (Tie("r.check1-note", LinkKind.IMPLEMENTS, Rule.SAME),)},
    },
    waive={"r.trained": "В районе одна школа-участница, её учителя прошли стажировку прошлой весной."},
    omit=frozenset({"m.trained"}),
)
NEARLY = Turn(changes={"m.revised": {"when": "до {03-05}"}})
BEGUN = Turn(
    omit=frozenset(
        result.key
        for section in PLAN.sections[2:]
        for activity in section.activities
        for result in activity.results
        if result.key not in {"m.pages", "m.check1"}
    )
)
UPLOADED = Turn(
    changes={
        "m.inform": {"when": "{10-12>} {10-16}"},
        "m.check2": {"when": "– {01-27}"},
        "m.meeting": {"when": "до {11-10@+1}"},
        "m.survey-report": {"when": "после обработки ответов"},
        "m.spring-report": {"when": ""},
        "m.partners": {"when": "до {10-23}"},
    },
    omit=frozenset({"m.fair", "m.forum"}),
    extra=(BUSES, GRADUATES),
)
