"""Statements about one post over time, and the dated rows that follow from them.

Each source says something about a span of days: open, closed, suspended, or that it is not
known. Where two speak of the same day the stronger one holds: a dated closing over the
supplement, the supplement over the list of posts. What comes out are rows that do not overlap.
"""

import dataclasses

import tables

# Strength of a statement, weakest first.
LISTED, ENDED, SUPPLEMENT, HINT, CLOSURE = range(5)

FIRST, LAST = '0001-01-01', '9999-12-31'


@dataclasses.dataclass(frozen=True)
class Statement:
    """STATE is open, closed, suspended, or empty for "not known"; KIND and SERVICES, where given,
    hold for the span.
    """

    start: str
    end: str
    state: str
    strength: int
    basis: str
    source: str
    as_of: str = ''
    kind: str = ''
    services: str = ''


def clamp(date, start, end):
    return max(min(date, end or LAST), start or FIRST)


def periods(statements):
    """(start, end, statement) for the spans of days, in order, each governed by one statement."""
    cuts = set()
    for s in statements:
        cuts.add(s.start or FIRST)
        if s.end:
            cuts.add(tables.day_after(s.end))
    cuts = sorted(cuts)
    spans = []
    for index, start in enumerate(cuts):
        end = tables.day_before(cuts[index + 1]) if index + 1 < len(cuts) else LAST
        ruling = [s for s in statements if (s.start or FIRST) <= start and (s.end or LAST) >= end]
        if not ruling:
            continue
        best = max(ruling, key=lambda s: (s.strength, s.start or FIRST, s.source, s.state))
        if spans and spans[-1][2] is best and tables.day_after(spans[-1][1]) == start:
            spans[-1] = (spans[-1][0], end, best)
        else:
            spans.append((start, end, best))
    return spans


def seen(statements, start, end):
    """The latest day inside a span on which a source saw the post open: (day, source, basis), or
    None.
    """
    days = [
        (s.as_of, s.source, s.basis)
        for s in statements
        if s.state == 'open'
        and s.as_of
        and start <= s.as_of <= end
        and (s.start or FIRST) <= s.as_of <= (s.end or LAST)
    ]
    return max(days) if days else None


def rows(statements):
    """Cells from, until, state, basis, as_of, source (and kind, services where a statement changes
    them).

    An opening speaks from the day on which it was last seen inside its span. Where nobody saw
    it there, the span is known by the neighbour's dates: a post that closed in 2012 was open on
    the day before, whatever the list of 2022 shows; a post suspended until 2025 was open on the
    day after. Then the neighbour's source is the one to cite.
    """
    made = []
    spans = periods(statements)
    for index, (start, end, s) in enumerate(spans):
        if not s.state:
            continue
        as_of, source, basis = clamp(s.start or s.as_of, start, end), s.source, s.basis
        if s.state == 'open':
            sight = seen(statements, start, end)
            if sight:
                as_of, source, basis = (
                    sight if not (s.kind or s.services) else (sight[0], source, basis)
                )
            elif s.as_of > end and index + 1 < len(spans):
                as_of, source, basis = end, spans[index + 1][2].source, spans[index + 1][2].basis
            elif index > 0:
                as_of, source, basis = start, spans[index - 1][2].source, spans[index - 1][2].basis
            else:
                as_of = clamp(s.as_of or start, start, end)
        made.append(
            {
                'from': '' if start == FIRST else start,
                'until': '' if end == LAST else end,
                'state': s.state,
                'basis': basis,
                'as_of': as_of,
                'source': source,
                'kind': s.kind,
                'services': s.services,
            }
        )
    return made
