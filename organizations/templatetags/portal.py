"""Small words of the templates: typography, dates, icons."""

from django import template

register = template.Library()
