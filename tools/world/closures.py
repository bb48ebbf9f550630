"""Closings, suspensions, moves and reopenings, matched to the post that they speak of.

A row is matched by its city, then by the city under which the list files the post (its note
says so); a pair or a post that the list does not have is made from the row. Hints (`*` for the
sending State) speak of all posts at a place: they apply only to the States that the hint itself
names as its scope, and never where a row for that State exists.
"""

import re

import gazetteer
import tables
import timeline
from posts import HEAD, RESIDENT

# Other posts that a row's note closes with it: (sending, receiving, first day as written)
# -> cities.
ALSO = {
    ('AFG', 'USA', '2022-03-23'): ('New York', 'Los Angeles'),
    ('EST', 'RUS', '2022-04-25'): ('Pskov',),
    ('LVA', 'RUS', '2022-05-01'): ('Pskov',),
    ('CZE', 'RUS', '2022'): ('Yekaterinburg',),
    ('FIN', 'RUS', '2023-10-01'): ('Petrozavodsk', 'Murmansk'),
    ('RUS', 'EST', '2022-04'): ('Tartu',),
    ('RUS', 'FIN', '2023-10-01'): ('Lappeenranta',),
    ('RUS', 'CZE', '2022-03'): ('Karlovy Vary',),
    ('TWN', 'HND', '2023-03-26'): ('San Pedro Sula',),
    ('SAU', 'IRN', '2016-01-03'): ('Mashhad',),
    ('IRN', 'SAU', '2016-01-03'): ('Jeddah',),
    ('ISR', 'TUR', '2023-10-19'): ('Istanbul',),
    ('QAT', 'ARE', '2017-06-05'): ('Dubai',),
}

# The note says from where the work goes on: (sending, receiving, first day as written)
# -> (country, city).
SERVED_FROM = {
    ('USA', 'AFG', '2021-08-31'): (('QAT', 'Doha'),),
    ('USA', 'SDN', '2023-04-22'): (('ETH', 'Addis Ababa'), ('EGY', 'Cairo')),
    ('DEU', 'SYR', '2025-03-20'): (('LBN', 'Beirut'),),
    ('SWE', 'MLI', '2024-12-31'): (('SEN', 'Dakar'),),
    ('PRK', 'ESP', '2023-10'): (('ITA', 'Rome'),),
    ('USA', 'BLR', '2022-02-28'): (('LTU', 'Vilnius'),),
    ('USA', 'VEN', '2019-03-12'): (('COL', 'Bogota'),),
    ('IRN', 'CAN', '2012-09-07'): (('USA', 'Washington'),),
    ('MEX', 'ECU', '2024-04-06'): (('CHL', 'Santiago'), ('COL', 'Bogota'), ('PER', 'Lima')),
}

# A move inside the country: (sending, receiving, moved_to) -> (city, last day; empty: as long as
# the row).
INSIDE = {
    ('USA', 'UKR', 'Lviv 14 Feb, Rzeszow from 22 Feb'): ('Lviv', '2022-02-21'),
    ('SAU', 'YEM', 'Aden, from March 2015 Riyadh'): ('Aden', '2015-02-28'),
    ('FRA', 'UKR', 'Lviv'): ('Lviv', ''),
    ('ITA', 'UKR', 'Lviv'): ('Lviv', ''),
    ('HUN', 'UKR', 'Lviv (HUN)'): ('Lviv', ''),
    ('KOR', 'UKR', 'Lviv, Chernivtsi'): ('Lviv', ''),
    ('PRY', 'ISR', 'Jerusalem'): ('Jerusalem', ''),
}

# "Reduced" where the note says that what is left is no consular work. A technical mission is no
# embassy: kind `other` while it lasts. An embassy without a consular section keeps only its
# dealings with the host's authorities.
REDUCED = {
    ('IND', 'AFG', '2022-06-23'): {'kind': 'other'},
    ('DEU', 'SYR', '2025-03-20'): {'services': 'information.exchange'},
}

# Rows that the source itself says are relevant only where the list still has the post; the embassy
# in Burkina Faso opened again in 2020.
ONLY_IF_LISTED = 'Relevant only where posts.csv still lists one'
NLD_BFA_BACK = '2020-01-01'

# A region's name where the note names the city.
CITY = {('VEN', 'USA', 'Texas'): 'Houston'}

# Representations that a row closes and that were no embassies.
NEW_KIND = {('USA', 'PSE', 'Jerusalem'): 'consulate-general', ('NOR', 'PSE', 'Al-Ram'): 'de-facto'}

EUROPE_OUT = ('RUS',)
GULF = ('ARE', 'BHR', 'KWT', 'OMN', 'QAT', 'SAU')
NATO_MORE = ('USA', 'CAN', 'TUR')


class Closures:
    def __init__(self, folder, posts, supplement):
        self.posts, self.sources, self.codes, self.supplement = (
            posts,
            posts.sources,
            posts.codes,
            supplement,
        )
        self.unmatched = []
        self.named = set()
        rows = tables.read(folder, 'posts_closures.csv')
        for index, row in enumerate(rows):
            if '*' in (row['sending'], row['receiving']):
                continue
            row['city'] = CITY.get((row['sending'], row['receiving'], row['city']), row['city'])
            row['receiving'] = posts.territory(row['receiving'], row['city'])
            self.named.add((row['sending'], row['receiving'], row['from']))
            after = rows[index + 1] if index + 1 < len(rows) else None
            back = after if after and self.is_reopening(row, after) else None
            self.one(row, back)
        for row in rows:
            if row['sending'] == '*':
                self.hint(row)

    @staticmethod
    def is_reopening(row, after):
        return (
            after['state'] == 'reopened'
            and after['from'] == row['until']
            and (row['sending'], row['receiving'], row['city'])
            == (after['sending'], after['receiving'], after['city'])
        )

    def cite(self, row):
        if row['basis'] == 'source':
            return 'sourced', self.sources.text('closures', row['source'])
        return 'reported', self.sources.cite('general')

    def one(self, row, back):
        key = (row['sending'], row['receiving'], row['from'])
        if row['state'] == 'reopened':
            return
        start, end = tables.first_day(row['from']), tables.last_day(row['until'])
        basis, source = self.cite(row)
        if back and len(back['from']) == 10:
            end = tables.day_before(end)  # the day of reopening is open
        if row['state'] == 'reduced':
            self.reduced(row, key, start, end, basis, source)
        else:
            for post in self.match(row):
                state = 'suspended' if row['state'] == 'suspended' else 'closed'
                post.say(start, end, state, timeline.CLOSURE, basis, source)
                self.open_before(post, start, basis, source)
                if back:
                    self.open_after(post, back, end)
                if ONLY_IF_LISTED in row['note'] and row['receiving'] == 'BFA':
                    post.say(NLD_BFA_BACK, '', 'open', timeline.CLOSURE, basis, source)
            self.moved_inside(row, start, end, basis, source)
        for iso3, city in SERVED_FROM.get(key, ()):
            self.supplement.serves(
                row['sending'], iso3, city, row['receiving'], start, end, basis, source
            )

    def reduced(self, row, key, start, end, basis, source):
        """A reduced post stays open; only where the note says what is left does its row say more.
        """
        if key not in REDUCED:
            return
        for post in self.match(row):
            post.say(
                start, end, 'open', timeline.CLOSURE, basis, source, as_of=start, **REDUCED[key]
            )

    def open_before(self, post, start, basis, source):
        """A post that closed on a day was open on the day before, if nothing else tells of it."""
        if all(s.start == start for s in post.statements):
            before = tables.day_before(start)
            post.say('', before, 'open', timeline.LISTED, basis, source, as_of=before)

    def open_after(self, post, back, end):
        basis, source = self.cite(back)
        start = tables.day_after(end)
        post.say(start, '', 'open', timeline.CLOSURE, basis, source, as_of=start)

    def moved_inside(self, row, start, end, basis, source):
        """A move inside the country makes a post at the new seat for as long as the old one is
        closed.
        """
        city, last = INSIDE.get((row['sending'], row['receiving'], row['moved_to']), ('', ''))
        if row['state'] == 'moved' and row['moved_to'] == 'Port Sudan':
            city, last = 'Port Sudan', ''
        if not city:
            return
        place = self.posts.place(row['receiving'], city, None)
        here = [p for p in self.posts.at(row['sending'], place) if p.kind in HEAD]
        post = (
            here[0]
            if here
            else self.posts.new(row['sending'], row['receiving'], place, 'embassy', city)
        )
        post.say(start, last or end, 'open', timeline.CLOSURE, basis, source, as_of=start)
        if last or end:
            post.say(tables.day_after(last or end), '', 'closed', timeline.CLOSURE, basis, source)

    def match(self, row):
        """The posts that a row speaks of; made from it where the list has none."""
        pair = [
            p
            for p in self.posts.pair(row['sending'], row['receiving'])
            if p.kind in RESIDENT and not p.suffix
        ]
        found = self.match_listed(row, pair)
        if 'there was no resident embassy' in row['note']:
            # Relations were broken where only honorary posts stood.
            return [
                p for p in self.posts.pair(row['sending'], row['receiving']) if p.kind == 'honorary'
            ]
        if ONLY_IF_LISTED in row['note']:
            return [p for p in found if p.last_seen]
        if not found and row['state'] != 'reduced':
            found = self.made(row, pair)
        key = (row['sending'], row['receiving'], row['from'])
        for city in ALSO.get(key, ()):
            place = self.posts.find_city(row['receiving'], city)
            found = found + [p for p in pair if p.place == place and p not in found]
        return found

    def match_listed(self, row, pair):
        city, note = row['city'], row['note']
        heads = [p for p in pair if p.kind in HEAD]
        if re.search(r'[Cc]onsulates too', note):
            return pair
        if not city:
            return heads
        place = self.posts.find_city(row['receiving'], city)
        here = [p for p in pair if place and p.place == place]
        if here:
            return here
        if 'this post is not in posts.csv' in note:
            return []
        named = re.search(r"posts\.csv has this post under city (.*)$", note)
        quoted = re.findall(r"'([^']*)'", named.group(1)) if named else []
        here = [p for p in pair if len(quoted) == 1 and p.city == quoted[0]]
        if here:
            here = [p for p in here if p.kind in HEAD] or here
        elif len(heads) == 1 and (
            heads[0].place == row['receiving'] or self.close(heads[0], place)
        ):
            here = heads
        for post in here[:1]:
            self.posts.rehome(post, place)
        return here

    def close(self, post, place):
        """Whether a post stands within a city's surroundings."""
        here, there = (self.posts.gazetteer.localities.get(p, {}) for p in (post.place, place))
        if not here.get('lat') or not there.get('lat'):
            return False
        return (
            gazetteer.distance_km(
                *(float(x) for x in (here['lat'], here['lon'], there['lat'], there['lon']))
            )
            <= 40
        )

    def made(self, row, pair):
        """A post known only by its closing: an embassy where the pair has no post, else a
        consulate general. Where the list has a consulate general without a city, it is that
        one.
        """
        sending, receiving, city = row['sending'], row['receiving'], row['city']
        if any(p.kind in HEAD for p in pair) and 'this post is not in posts.csv' not in row['note']:
            self.unmatched.append((sending, receiving, city, row['from'], [p.place for p in pair]))
        kind = NEW_KIND.get((sending, receiving, city))
        if not kind:
            kind = (
                'consulate-general'
                if any(p.kind in HEAD for p in pair) or 'this post is not' in row['note']
                else 'embassy'
            )
        place = self.posts.place(receiving, city, None) if city else receiving
        for post in pair:
            if post.kind == kind and post.place == receiving != place and not post.city:
                self.posts.rehome(post, place)
                return [post]
        return [self.posts.new(sending, receiving, place, kind, city)]

    def scope(self, row):
        """Whether a hint speaks of a sending State, by the words of its own note; None: it names
        no such set.
        """
        europe = {c for c, r in self.codes.countries.items() if r['region'] == 'Europe'} - set(
            EUROPE_OUT
        )
        pacific = {c for c, r in self.codes.countries.items() if r['region'] == 'Oceania'}
        everyone = set(self.codes.countries)
        return {
            ('AFG', '2021-08-15'): (europe | set(NATO_MORE) | {'AUS', 'KOR'})
            - {'BLR', 'SRB', 'TUR', 'UKR', 'VAT'},
            ('SYR', '2012'): europe - {'CZE', 'BGR', 'ROU', 'BLR', 'VAT', 'UKR'},
            ('YEM', '2015-02'): everyone - {'IRN'},
            ('LBY', '2014-07'): europe,
            ('SDN', '2023-04-24'): everyone,
            ('UKR', '2022-02-24'): europe - {'POL', 'VAT'},
            ('IRN', '2026-03'): europe | set(GULF) | pacific,
            ('PRK', '2021-10'): everyone - {'CHN', 'RUS', 'MNG', 'CUB', 'VNM', 'LAO', 'SYR', 'EGY'},
        }.get((row['receiving'], row['from']))

    def hint(self, row):
        scope = self.scope(row)
        if scope is None:
            return  # a city without posts, a reduction, or States that all have rows of their own
        start, end = tables.first_day(row['from']), tables.last_day(row['until'])
        source = self.sources.text('closures', row['source'])
        place = self.posts.find_city(row['receiving'], row['city'])
        spoken = {
            s
            for s, r, f in self.named
            if r == row['receiving']
            and (not end or tables.first_day(f) <= end)
            and f[:4] >= str(int(row['from'][:4]) - 1)
        }
        for post in self.posts.all:
            if (
                post.receiving != row['receiving']
                or post.sending not in scope
                or post.sending in spoken
                or post.suffix
            ):
                continue
            if post.kind not in RESIDENT or post.place not in (place, row['receiving']):
                continue
            if any(
                s.strength == timeline.SUPPLEMENT and (s.start or s.end or s.as_of >= start)
                for s in post.statements
            ):
                continue  # the supplement speaks of this very pair, by period or at a later date
            post.say(start, end, 'suspended', timeline.HINT, 'reported', source)
            if end and post.last_seen <= end:
                # Nobody saw the post after the end of the hint: not known, rather than open again.
                post.say(tables.day_after(end), '', '', timeline.HINT, 'reported', source)
