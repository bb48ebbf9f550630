"""What the list of posts misses: the supplement, the posts in territories, and the lists known to
be complete.

`present` makes or dates a post, `absent` makes an absence (and closes a post that the list
shows), `accredited` names the post elsewhere that serves, `not-known` ends what is known. A row
that names a source is `sourced`, general knowledge `reported`.
"""

import re

import tables
import timeline
from posts import HEAD, KIND, RESIDENT
from sources import RECORD

GENERAL = 'general-knowledge'

# Rows whose note says that only an honorary post is there: (sending, receiving, city).
HONORARY_ONLY = [
    ('JAM', 'CYM', 'George Town'),
    ('HND', 'CYM', 'George Town'),
    ('TGO', 'BFA', 'Ouagadougou'),
    ('SYR', 'AUS', 'Sydney'),
    ('CAN', 'MLT', ''),
    ('PHL', 'CYP', 'Nicosia'),
    ('CAN', 'BMU', 'Hamilton'),
    ('GUY', 'ATG', ''),
    ('JAM', 'BHS', ''),
]

# No relations: then there is no honorary and no accredited post either.
NO_RELATIONS = re.compile(r'^No (diplomatic )?relations')

# Openings that the notes of complete.csv date (confidence as there); FJI and KIR, SYC by year or
# month only.
LATER = [
    ('USA', 'SLB', 'Honiara', '2023-02'),
    ('USA', 'TON', "Nuku'alofa", '2023-05'),
    ('USA', 'SYC', 'Victoria', '2023-06'),
    ('USA', 'VUT', 'Port Vila', '2024-07'),
    ('DEU', 'FJI', 'Suva', '2023'),
    ('JPN', 'KIR', 'Tarawa', '2023-01'),
    ('JPN', 'SYC', 'Victoria', '2024-01'),
]

# Benin's complete list of September 2021, after the closures of July 2020: embassies there,
# consulate general in Lagos.
BENIN_KEPT = ('MAR', 'NGA', 'CUB', 'USA', 'FRA', 'RUS', 'KWT', 'QAT', 'SAU', 'CHN', 'JPN')
BENIN_CLOSED, BENIN_LIST = '2020-07-31', '2021-09-01'


class Supplement:
    def __init__(self, folder, posts):
        self.posts, self.sources, self.codes = posts, posts.sources, posts.codes
        self.absent = []
        self.conflicts = []
        rows = [
            dict(row, family='supplement') for row in tables.read(folder, 'posts_supplement.csv')
        ]
        rows += [
            dict(row, family='territories') for row in tables.read(folder, 'posts_dependencies.csv')
        ]
        pairs = {}
        for row in rows:
            if self.codes.nationality(row['sending']) == row['sending']:
                pairs.setdefault((row['sending'], row['receiving']), []).append(row)
        for (sending, receiving), here in pairs.items():
            self.pair(sending, receiving, here)
        self.honorary()
        self.later()
        self.benin()

    def cite(self, row):
        basis = 'reported' if row['basis'].startswith(GENERAL) else 'sourced'
        return basis, self.sources.text(row['family'], row['basis'])

    def pair(self, sending, receiving, rows):
        handlers = {
            'present': self.is_present,
            'absent': self.is_absent,
            'accredited': self.is_accredited,
        }
        before = ''
        for row in rows:
            start, end = tables.first_day(row['from']), tables.last_day(row['until'])
            if before and row['from'] and len(row['from']) < 10 and before.startswith(row['from']):
                start = tables.day_after(before)  # "2023" after a row that ends in April 2023
            if row['status'] in handlers:
                handlers[row['status']](sending, receiving, row, start, end)
            elif row['status'] == 'not-known' and start:
                self.not_known(sending, receiving, row, start, end)
            before = end

    def is_present(self, sending, receiving, row, start, end):
        kind = KIND[row['kind']]
        place = self.posts.place(receiving, row['city'], None)
        posts = [p for p in self.posts.at(sending, place) if p.kind in RESIDENT]
        posts = [p for p in posts if (p.kind in HEAD) == (kind in HEAD)]
        if not posts:
            near = [
                p
                for p in self.posts.pair(sending, receiving)
                if p.place == receiving and p.kind == kind
            ]
            posts = near[:1]  # listed without a city: the same post
            for post in posts:
                self.posts.rehome(post, place)
        post = posts[0] if posts else self.posts.new(sending, receiving, place, kind, row['city'])
        basis, source = self.cite(row)
        as_of = timeline.clamp(RECORD, start, end)
        post.say(start, end, 'open', timeline.SUPPLEMENT, basis, source, as_of=as_of)
        if end:
            post.say(tables.day_after(end), '', 'closed', timeline.ENDED, basis, source, as_of=end)

    def is_absent(self, sending, receiving, row, start, end):
        basis, source = self.cite(row)
        if row['kind']:
            # "The embassy is absent" while a consulate works: the one post is closed, the State is
            # not absent.
            place = self.posts.place(receiving, row['city'], None)
            post = self.posts.new(sending, receiving, place, KIND[row['kind']], row['city'])
            post.say(start, end, 'closed', timeline.SUPPLEMENT, basis, source)
            return
        levels = (
            ('resident', 'honorary', 'accredited')
            if NO_RELATIONS.search(row['note'])
            else ('resident',)
        )
        for level in levels:
            self.absent.append(
                {
                    'sending': sending,
                    'receiving': receiving,
                    'level': level,
                    'from': start,
                    'until': end,
                    'basis': basis,
                    'as_of': timeline.clamp(RECORD, start, end),
                    'source': source,
                }
            )
        for post in self.posts.pair(sending, receiving):
            listed = [s for s in post.statements if s.strength == timeline.LISTED]
            if post.kind in RESIDENT and listed:
                post.say(start, end, 'closed', timeline.SUPPLEMENT, basis, source)
                self.conflicts.append((sending, receiving, post.place, start))

    def is_accredited(self, sending, receiving, row, start, end):
        basis, source = self.cite(row)
        for city, iso3 in re.findall(r'(?:^|and )\s*([^()]+?) \(([A-Z]{3})', row['city']):
            self.serves(sending, iso3, city, receiving, start, end, basis, source)

    def serves(self, sending, iso3, city, receiving, start, end, basis, source):
        """A post of SENDING at CITY serves RECEIVING. The list's own accreditation stays;
        otherwise the fact gets a row of its own, since its dates and its source are not those
        of the post.
        """
        place = self.posts.place(iso3, city, None)
        if not start and any(receiving in p.accredited for p in self.posts.pair(sending, iso3)):
            return
        here = sorted(
            (p for p in self.posts.at(sending, place) if p.kind in RESIDENT),
            key=lambda p: RESIDENT.index(p.kind),
        )
        post = self.posts.new(sending, iso3, place, here[0].kind if here else 'embassy', city)
        post.suffix = 'for-' + receiving.lower()
        post.accredited = {receiving}
        post.say(
            start,
            end,
            'open',
            timeline.SUPPLEMENT,
            basis,
            source,
            as_of=timeline.clamp(RECORD, start, end),
        )
        if end:
            post.say(tables.day_after(end), '', 'closed', timeline.ENDED, basis, source, as_of=end)

    def not_known(self, sending, receiving, row, start, end):
        """Ends what the supplement itself says; a post on the list stays as the list saw it."""
        basis, source = self.cite(row)
        for post in self.posts.pair(sending, receiving):
            if not any(s.strength == timeline.LISTED for s in post.statements):
                post.say(start, end, '', timeline.SUPPLEMENT, basis, source)

    def honorary(self):
        for sending, receiving, city in HONORARY_ONLY:
            if any(p.kind == 'honorary' for p in self.posts.pair(sending, receiving)):
                continue
            place = self.posts.place(receiving, city, None) if city else receiving
            post = self.posts.new(sending, receiving, place, 'honorary', city)
            post.say(
                '',
                '',
                'open',
                timeline.SUPPLEMENT,
                'reported',
                self.sources.cite('general'),
                as_of=RECORD,
            )

    def later(self):
        for sending, receiving, city, start in LATER:
            if any(p.kind in HEAD and not p.suffix for p in self.posts.pair(sending, receiving)):
                continue
            post = self.posts.new(
                sending, receiving, self.posts.place(receiving, city, None), 'embassy', city
            )
            day = tables.first_day(start)
            source = self.sources.text(
                'complete', 'Embassies of %s: complete list, note on later openings' % sending
            )
            post.say(day, '', 'open', timeline.SUPPLEMENT, 'reported', source, as_of=day)
            # The list that dates the opening is complete: on its own date the post was not there.
            post.say(
                '',
                tables.day_before(day),
                'closed',
                timeline.SUPPLEMENT,
                'reported',
                source,
                as_of=RECORD,
            )

    def benin(self):
        source = self.sources.text(
            'complete',
            'lanouvelletribune.info: Le Benin a desormais 13 '
            'representations diplomatiques (2021-09)',
        )
        for post in self.posts.all:
            if (
                post.sending == 'BEN'
                and post.kind in RESIDENT
                and post.receiving not in BENIN_KEPT + ('VAT',)
            ):
                if any(s.strength == timeline.LISTED for s in post.statements):
                    # Closed some day between July 2020 and the list of September 2021: not known in
                    # between.
                    post.say(
                        tables.day_after(BENIN_CLOSED),
                        tables.day_before(BENIN_LIST),
                        '',
                        timeline.SUPPLEMENT,
                        'sourced',
                        source,
                    )
                    post.say(BENIN_LIST, '', 'closed', timeline.SUPPLEMENT, 'sourced', source)
