"""The grammar of Russian deadlines: `read` gives a phrase its meaning, `WARNINGS` says what each doubt means."""

from deadlines.grammar.dating import Siblings
from deadlines.grammar.reading import LONGEST, read

WARNINGS = {
    "no-deadline": "nothing is written, or only a dash",
    "too-long": f"the phrase has more than {LONGEST} characters and was not read",
    "not-understood": "no deadline was recognised",
    "partly-read": "beside what was understood stand words that were not",
    "to-be-set": "the phrase says that the date is still to be named",
    "urgent": "at once, without a date",
    "time-of-day": "only a time of day is written",
    "template": "the year is a placeholder",
    "impossible-date": "the calendar has no such day",
    "reversed": "the end comes before the beginning",
    "dash-lost": "two dates stand side by side and were taken for a range",
    "start-lost": "a dash with an end and no beginning",
    "end-lost": "a beginning with a dash and no end",
    "digit-lost": "the first day of the range may have lost a digit",
    "typo": "a slip in a word or number was mended",
    "outside-period": "the date lies outside the plan's period",
    "no-year": "no year is written and no period is known",
    "year-ambiguous": "several years of the period fit; the first was taken",
    "year-assumed": "no year of the period fits; the nearest was taken",
    "year-ignored": "a year stands beside a yearly date; the date recurs in every year of the plan",
    "inclusive-unclear": "«до октября» may or may not include October; the eve was taken",
    "approximate": "the bounds of the stretch are a convention",
    "weekday-differs": "the weekday written beside the date is another one",
    "open-end": "only a beginning is written; the plan's end was taken",
    "several-deadlines": "the cell seems to hold several deadlines; the first was taken",
    "repeated": "the same stretch is named twice",
    "overlapping": "stretches of the list overlap",
    "school-calendar": "the school calendar knows the dates",
    "day-assumed": "the frequency names no day; the last of each stretch was taken",
    "month-assumed": "the frequency names a day and no month; the month after the stretch was taken",
    "period-assumed": "how often it recurs is not said; monthly was taken",
    "count-only": "several times per stretch without dates: only the count can be checked",
    "count-range": "a range of counts; the lesser was taken",
    "duration-range": "a range of durations; the longer was taken",
}
"""Warning codes of `read` and what they mean."""

__all__ = ["LONGEST", "WARNINGS", "Siblings", "read"]
