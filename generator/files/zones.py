"""The rules of a time zone around an event, for calendars that know no time zones of their own.

In: the name of a zone, and the first and the last day that it is needed for. Out: a VTIMEZONE (RFC 5545, 3.6.5). Where the clock changes
by one rule each year, as on the last Sunday of March, the rule is written; else each change stands alone. icalendar can make zones too, but
tells the beginning of summer time on the new clock instead of the old one, an hour late.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

YEARS = 2  # before and after the event, by which a rule is known
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Kind:
    """What the clock is set to, and from what."""

    before: timedelta
    after: timedelta
    name: str
    summer: bool


def zone(name: str, first: date, last: date) -> icalendar.Timezone | None:
    """The rules of a zone from `first` to `last`; None for UTC, which needs none."""
    if name == "UTC":
        return None
    info = ZoneInfo(name)
    begin = datetime(first.year - YEARS, 1, 1, tzinfo=UTC)
    changes: dict[Kind, list[datetime]] = defaultdict(list)
    for moment in _changes(info, begin, datetime(last.year + YEARS + 1, 1, 1, tzinfo=UTC)):
        changes[_kind(info, moment)].append(moment)
    found = icalendar.Timezone()
    found.add("tzid", name)
    yearly = {kind: _rule(kind, moments, last.year + YEARS) for kind, moments in changes.items()}
    regular = len(changes) == 2 and all(yearly.values())
    if not regular:
        start = begin.astimezone(info)
        always = Kind(_offset(start), _offset(start), start.tzname() or name, False)
        found.add_component(_part(always, [begin], None))
    for kind, moments in changes.items():
        found.add_component(_part(kind, moments, yearly[kind] if regular else None))
    return found


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _changes(info: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The moments at which the clock is changed, to the minute, in UTC."""
    while begin < end:
        low, high = begin, begin + timedelta(days=1)
        begin = high
        if _offset(low.astimezone(info)) == _offset(high.astimezone(info)):
            continue
        before = _offset(low.astimezone(info))
        while high - low > timedelta(minutes=1):
            middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
            low, high = (middle, high) if _offset(middle.astimezone(info)) == before else (low, middle)
        yield high


def _kind(info: ZoneInfo, moment: datetime) -> Kind:
    after = moment.astimezone(info)
    before = _offset((moment - timedelta(minutes=1)).astimezone(info))
    return Kind(before, _offset(after), after.tzname() or info.key, _offset(after) > before)


def _rule(kind: Kind, moments: Sequence[datetime], until: int) -> dict[str, object] | None:
    """The rule for all of these moments, if there is one for each year: a month, a weekday of it, a time."""
    local = [moment + kind.before for moment in moments]
    years = [moment.year for moment in local]
    if years != list(range(until - len(years) + 1, until + 1)) or len(years) <= 2 * YEARS:
        return None
    same = {(moment.month, moment.weekday(), moment.time()) for moment in local}
    counted = {(moment.day - 1) // 7 + 1 for moment in local}
    from_end = all((moment + timedelta(days=7)).month != moment.month for moment in local)
    if len(same) != 1 or not (from_end or len(counted) == 1):
        return None
    which = -1 if from_end else counted.pop()
    return {"freq": "yearly", "bymonth": local[0].month, "byday": f"{which}{WEEKDAYS[local[0].weekday()]}"}


def _part(kind: Kind, moments: Sequence[datetime], rule: dict[str, object] | None) -> icalendar.cal.component.Component:
    """A STANDARD or DAYLIGHT part. It begins on the clock as it was before."""
    found = icalendar.TimezoneDaylight() if kind.summer else icalendar.TimezoneStandard()
    local = [(moment + kind.before).replace(tzinfo=None) for moment in moments]
    found.add("dtstart", local[0])
    found.add("tzoffsetfrom", kind.before)
    found.add("tzoffsetto", kind.after)
    found.add("tzname", kind.name)
    if rule:
        found.add("rrule", rule)
    elif local[1:]:
        found.add("rdate", local[1:])
    return found
