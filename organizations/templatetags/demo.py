"""What the sign-in page shows where the demonstration is on."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.text import capfirst

from organizations import demo

register = template.Library()


@register.simple_tag
def demo_accounts() -> list[dict[str, Any]]:
    """List the accounts that can be entered with one click, their roles in words; none where the demonstration is off."""
    if not settings.DEMO:
        return []
    return [account | {"role": capfirst(account["role_name"])} for account in demo.accounts()]
