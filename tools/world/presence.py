"""Presence of a State in a country on a date, judged from the written workspace as the model
defines it.

Slow and plain on purpose: it reads the files as anybody would and holds the conversion to known
facts. T, F and U are the three values; an opening ages by the INFORM class of the country where
the post stands, a closing speaks until a later row.
"""

import tables

RESIDENT = (
    'embassy',
    'high-commission',
    'consulate-general',
    'consulate',
    'nunciature',
    'interests-section',
    'de-facto',
)


class Presence:
    def __init__(self, folder):
        self.months = {
            r['risk_class']: int(r['months']) for r in tables.read(folder, 'freshness.csv')
        }
        self.risk = {
            r['place']: r['class']
            for r in tables.read(folder, 'risk.csv')
            if r['hazard'] == 'inform'
        }
        self.posts = {}
        for row in tables.read(folder, 'posts.csv'):
            self.posts.setdefault(row['sending'], {}).setdefault(row['post'], []).append(row)
        self.absent = tables.read(folder, 'absent.csv')
        self.complete = tables.read(folder, 'complete.csv')

    def fresh_months(self, country):
        return self.months[self.risk.get(country, 'none')]

    def row_value(self, row, date):
        """T, F, or empty for a row that is not in force on the date."""
        months = self.fresh_months(row['receiving'])
        start = row['from'] or (
            tables.months_from(row['as_of'], -months) if row['state'] != 'open' else ''
        )
        if date < start or row['until'] and date > row['until']:
            return ''
        if row['state'] != 'open':
            return 'F'
        inside = (
            tables.months_from(row['as_of'], -months)
            <= date
            <= tables.months_from(row['as_of'], months)
        )
        return 'T' if inside else 'U'

    def post_value(self, rows, date):
        ruling = [(r['from'], r['as_of'], i) for i, r in enumerate(rows) if self.row_value(r, date)]
        return self.row_value(rows[max(ruling)[2]], date) if ruling else 'U'

    def of_level(self, state, country, level):
        """Posts (lists of periods) that count for the level; a period of another kind counts as
        closed for it.
        """
        for rows in self.posts.get(state, {}).values():
            if level == 'accredited':
                if rows[0]['receiving'] != country and any(
                    country in r['accredited_to'].split() for r in rows
                ):
                    yield [r for r in rows if r['kind'] in RESIDENT]
            elif rows[0]['receiving'] == country:
                kinds = RESIDENT if level == 'resident' else ('honorary',)
                if any(r['kind'] in kinds for r in rows):
                    yield [
                        dict(r, state=r['state'] if r['kind'] in kinds else 'closed') for r in rows
                    ]

    def presence(self, state, country, level, date):
        posts = list(self.of_level(state, country, level))
        values = [self.post_value(rows, date) for rows in posts if rows]
        if 'T' in values:
            return 'T'
        if values and set(values) == {'F'} or self.said_absent(state, country, level, date, posts):
            return 'F'
        return 'U'

    def said_absent(self, state, country, level, date, posts):
        opened = [r['from'] or r['as_of'] for rows in posts for r in rows if r['state'] == 'open']
        for row in self.absent:
            if (row['sending'], row['receiving'], row['level']) != (state, country, level):
                continue
            start = row['from'] or tables.months_from(row['as_of'], -self.fresh_months(country))
            over = any(start < day <= date for day in opened)
            if start <= date and (not row['until'] or date <= row['until']) and not over:
                return True
        for row in self.complete:
            who = state if row['side'] == 'sending' else country
            if row['state'] == who and row['level'] in ('', level) and not posts:
                if date >= tables.months_from(row['as_of'], -self.fresh_months(country)):
                    return True
        return False
