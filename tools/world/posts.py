"""The list of posts: where each one stands, what it is, and which rows are one and the same post.

A post's `receiving` is always the country of its place. The list sometimes files a post under
the State it is accredited to, or under the State to which a territory belongs; then the place
decides, and the State it serves goes into `accredited_to`.
"""

import re

import gazetteer
import tables
import timeline
from sources import RECORD
from tables import slug

KIND = {
    'embassy': 'embassy',
    'high_commission': 'high-commission',
    'consulate_general': 'consulate-general',
    'consulate': 'consulate',
    'honorary_consulate': 'honorary',
    'nunciature': 'nunciature',
    'interests_section': 'interests-section',
    'de_facto_embassy': 'de-facto',
    'de_facto_consulate': 'de-facto',
    # India's deputy and assistant high commissions outside the capital do what consulates general
    # do.
    'deputy_high_commission': 'consulate-general',
    # Branch offices and agencies with career staff that do consular work for an embassy.
    'consular_office': 'consulate',
    'consular_agency': 'consulate',
    # Neither has a consular task: a delegation to the local church, a liaison office.
    'apostolic_delegation': 'other',
    'liaison_office': 'other',
    'other': 'other',
}
RESIDENT = (
    'embassy',
    'high-commission',
    'nunciature',
    'de-facto',
    'interests-section',
    'consulate-general',
    'consulate',
)
HEAD = RESIDENT[:5]
ORDER = RESIDENT + ('other', 'honorary')

# Rows whose city does not lie in the country under which they are listed, or is a part of a city,
# where the coordinates do not say so: (listed under, city) -> (country, city, also accredited to).
MISPLACED = {
    ('CHN', 'Central'): ('HKG', 'Hong Kong', ''),
    ('CHN', 'Central and Western District'): ('HKG', 'Hong Kong', ''),
    ('CHN', 'Sé'): ('MAC', 'Macau', ''),
    ('ARM', 'Tbilisi'): ('GEO', 'Tbilisi', 'ARM'),
    ('HRV', 'Vienna'): ('AUT', 'Vienna', 'HRV'),
    ('MAR', 'Las Palmas de Gran Canaria'): ('ESP', 'Las Palmas de Gran Canaria', ''),
    ('GUY', 'Ottawa'): ('GUY', 'Georgetown', ''),
    ('CUB', 'Malecón (Havana)'): ('CUB', 'Havana', ''),
    ('CUB', 'Miramar (Havana)'): ('CUB', 'Havana', ''),
    ('NOR', 'Norway'): ('NOR', '', ''),
    ('FRA', 'Ducos'): ('MTQ', 'Ducos', ''),
    ('FRA', 'Les Abymes'): ('GLP', 'Les Abymes', ''),
    ('DEU', 'Ludwigsvorstadt-Isarvorstadt'): ('DEU', 'Munich', ''),
    ('EGY', 'Zamalek'): ('EGY', 'Cairo', ''),
    ('EST', 'Narva City'): ('EST', 'Narva', ''),
    ('EST', 'Tallinn City'): ('EST', 'Tallinn', ''),
    ('EST', 'Tartu City'): ('EST', 'Tartu', ''),
    ('JPN', 'Higashi-Azabu'): ('JPN', 'Tokyo', ''),
    ('JPN', 'Minato-ku'): ('JPN', 'Tokyo', ''),
    ('NPL', 'Baluwatar'): ('NPL', 'Kathmandu', ''),
    ('BRB', 'Saint Michael'): ('BRB', 'Bridgetown', ''),
    ('PSE', 'Sheikh Jarrah'): ('PSE', 'Jerusalem', ''),
    ('BRA', 'Minas Gerais'): ('BRA', '', ''),
    ('CAN', 'New Brunswick'): ('CAN', '', ''),
    ('VNM', 'Bình Thuận'): ('VNM', '', ''),
    ('BRB', 'Christ Church'): ('BRB', '', ''),
    ('FIN', 'Mariehamn'): ('ALA', 'Mariehamn', ''),
}

# A name of this form is no city: without coordinates the post's place is the country.
AREA = re.compile(
    r'\b(District|Municipality|municipality|Governorate|Province|province|Department|Region|'
    r'County|commune|Prefecture|'
    r'Township|arrondissement|Emirate|Territory|Parish|Canton|Subdistrict|Division|Area)\b'
)


FAR_NAMESAKE_KM = 60


class Post:
    """One post; its statements become its periods."""

    def __init__(self, sending, receiving, place, kind, city=''):
        self.sending, self.receiving, self.place, self.kind, self.city = (
            sending,
            receiving,
            place,
            kind,
            city,
        )
        self.accredited = set()
        self.lat = self.lon = self.phone = self.website = self.wikidata = ''
        self.last_seen = ''
        self.suffix = ''
        self.statements = []

    def say(self, *args, **more):
        self.statements.append(timeline.Statement(*args, **more))


class Posts:
    def __init__(self, folder, codes, places, sources):
        self.codes, self.gazetteer, self.sources = codes, places, sources
        self.all = []
        self.by_place = {}
        self.by_pair = {}
        self.dropped = 0
        for row in sorted(
            tables.read(folder, 'posts.csv'),
            key=lambda r: (r['sending'], r['receiving'], r['wikidata']),
        ):
            self.listed(row)
        self.leave_out_old_sections()

    def leave_out_old_sections(self):
        """An interests section exists only while there is no embassy: where the pair has one, the
        section is its past.
        """
        for post in [p for p in self.all if p.kind == 'interests-section']:
            if any(p.kind == 'embassy' for p in self.pair(post.sending, post.receiving)):
                self.remove(post)

    def remove(self, post):
        self.all.remove(post)
        self.by_pair[(post.sending, post.receiving)].remove(post)
        self.by_place[(post.sending, post.place)].remove(post)

    def pair(self, sending, receiving):
        return self.by_pair.get((sending, receiving), [])

    def at(self, sending, place):
        return self.by_place.get((sending, place), [])

    def rehome(self, post, place):
        """A post listed without a city whose city another source names; unless a post of that kind
        is there already.
        """
        if (
            post.place != post.receiving
            or not place
            or any(p.kind == post.kind for p in self.at(post.sending, place))
        ):
            return
        self.by_place[(post.sending, post.place)].remove(post)
        post.place = place
        self.by_place.setdefault((post.sending, place), []).append(post)

    def new(self, sending, receiving, place, kind, city=''):
        post = Post(sending, receiving, place, kind, city)
        self.all.append(post)
        self.by_pair.setdefault((sending, receiving), []).append(post)
        self.by_place.setdefault((sending, place), []).append(post)
        return post

    def listed(self, row):
        sending = row['sending']
        if self.codes.nationality(sending) != sending:
            # The office of a territory whose people hold another State's nationality protects
            # nobody by itself.
            self.dropped += 1
            return
        accredited = set(row['accredited_to'].split())
        receiving, place, at = self.placed(row, accredited)
        kind = KIND[row['kind']]
        same = [p for p in self.at(sending, place) if p.kind == kind]
        # Two items for one house, or one embassy with an item for each State it is accredited to.
        # Consulates whose city is not known stay apart: they are different posts somewhere in the
        # country.
        post = same[0] if same and (place != receiving or kind in HEAD) else None
        if post is None:
            post = self.new(sending, receiving, place, kind, row['city'])
        post.accredited |= {
            c for c in accredited if c not in (receiving, sending) and self.codes.is_place(c)
        }
        if at and not post.lat:
            post.lat, post.lon = row['lat'], row['lon']
        for field in ('phone', 'website', 'wikidata'):
            setattr(post, field, getattr(post, field) or row[field])
        seen = row['last_seen'] or RECORD
        post.last_seen = max(post.last_seen, seen)
        post.say(
            row['opened'],
            '',
            'open',
            timeline.LISTED,
            'sourced',
            self.sources.cite('embassies'),
            as_of=seen,
        )

    def placed(self, row, accredited):
        """(receiving, place, coordinates or None) of a listed row."""
        receiving, city = row['receiving'], row['city']
        if (receiving, city) in MISPLACED:
            receiving, city, more = MISPLACED[(receiving, city)]
            accredited.update(more.split())
        at = (float(row['lat']), float(row['lon'])) if row['coord_from'] == 'wikidata' else None
        if receiving == 'ITA' and 'VAT' in accredited and 'ITA' not in accredited:
            # An embassy to the Holy See stands in Rome but is no embassy to Italy: its place is the
            # Holy See's.
            return 'VAT', 'VAT', at
        receiving = self.territory(receiving, city)
        if at:
            near = {found['iso3'] for found in self.gazetteer.near(*at, 45)}
            there = self.gazetteer.country_at(*at)
            if there and receiving not in near:
                if there in accredited or there in self.codes.territories_of(receiving):
                    receiving = there
                else:
                    at = None  # the coordinates are of another post of the same State
        return receiving, self.place(receiving, city, at), at

    def territory(self, receiving, city):
        """The territory of a State in which a city lies that the State itself does not have; else
        the State.
        """
        if city and not self.gazetteer.row_of(receiving, city):
            for territory in sorted(self.codes.territories_of(receiving)):
                if self.gazetteer.row_of(territory, city):
                    return territory
        return receiving

    def place(self, receiving, city, at, source='embassies'):
        """The locality, or the country where no city is known."""
        if receiving == 'VAT':
            return 'VAT'
        last = city.rsplit(', ', 1)[-1]
        if last != city and self.gazetteer.row_of(receiving, last):
            city = last
        row = self.gazetteer.row_of(receiving, city) if city else None
        if (
            row
            and at
            and gazetteer.distance_km(*at, *row['at']) > FAR_NAMESAKE_KM
            and self.gazetteer.around(receiving, *at)
        ):
            row = None  # a district that bears the name of a town elsewhere in the country
        elif row or city and not AREA.search(city) and not at:
            return self.gazetteer.city(receiving, city, at, source)
        if at:
            around = self.gazetteer.around(receiving, *at)
            if around:
                return self.gazetteer.from_row(around)
            if city and not AREA.search(city):
                return self.gazetteer.city(receiving, city, at, source)
        return receiving

    def rows(self):
        """posts.csv, by sending, place, kind; the chief post of a State at a place bears the plain
        id.
        """
        made = []
        for key in sorted(self.by_place):
            taken = set()
            here = sorted(
                self.by_place[key],
                key=lambda p: (p.suffix != '', ORDER.index(p.kind), p.wikidata, p.suffix),
            )
            for post in here:
                post_id = self.name(post, taken)
                taken.add(post_id)
                for period in timeline.rows(post.statements):
                    kind, period['kind'] = period['kind'], post.kind
                    made.append(
                        dict(
                            period,
                            post=post_id,
                            sending=post.sending,
                            receiving=post.receiving,
                            place=post.place,
                            kind=kind or post.kind,
                            accredited_to=' '.join(sorted(post.accredited)),
                            lat=post.lat,
                            lon=post.lon,
                        )
                    )
                post.id = post_id
        return made

    @staticmethod
    def name(post, taken):
        plain = '%s@%s' % (post.sending, post.place)
        if post.suffix:
            return plain + '.' + post.suffix
        if plain not in taken:
            return plain
        named = plain + '.' + post.kind
        number = 2
        while named in taken:
            named = '%s.%s-%d' % (plain, post.kind, number)
            number += 1
        return named

    def find_city(self, receiving, city):
        """The place id of a city if it is known already or is a city of the table; else empty.
        Adds nothing.
        """
        ready = '%s-%s' % (receiving, slug(city))
        if ready in self.gazetteer.localities:
            return ready
        row = self.gazetteer.row_of(receiving, city)
        return self.gazetteer.from_row(row) if row else ''
