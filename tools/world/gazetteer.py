"""The gazetteer: world, M49 regions, countries, subdivisions and the localities that posts,
offices and agreements need.

A locality's id is its country's code and its name: `SDN-khartoum`. The list of posts often
names a district, a municipality or a whole region where the city is meant ("Mayfair", "Kabul
District", "16th arrondissement of Paris"). Such a name is replaced by the city around the
post's own coordinates, so that a post can be found under the city's name.
"""

import collections
import math
import re

import codes
import tables
from tables import slug

# The common English name -> the name in the table of cities.
COMMON = {
    'IND': {'bengaluru': 'bangalore', 'pondicherry': 'puducherry'},
    'BLR': {'vitebsk': 'vitsyebsk'},
    'BOL': {'santa-cruz-de-la-sierra': 'santa-cruz'},
    'AUT': {'st-polten': 'sankt-polten'},
    'DEU': {'frankfurt-am-main': 'frankfurt', 'hanover': 'hannover'},
    'IRQ': {'basra': 'al-basrah'},
    'ESP': {
        'seville': 'sevilla',
        'las-palmas-de-gran-canaria': 'las-palmas',
        'santa-cruz-de-tenerife': 'santa-cruz',
    },
    'ISR': {'tel-aviv': 'tel-aviv-yafo', 'herzliya': 'herzliyya'},
    'KAZ': {'astana': 'nur-sultan', 'aktobe': 'aqtobe'},
    'KIR': {'south-tarawa': 'tarawa'},
    'KWT': {'kuwait': 'kuwait-city'},
    'MAR': {'fez': 'fes', 'marrakesh': 'marrakech'},
    'MMR': {'yangon': 'rangoon'},
    'SAU': {'dammam': 'ad-dammam', 'jeddah': 'jiddah'},
    'SOM': {'hargeisa': 'hargeysa'},
    'PHL': {
        'davao-city': 'davao',
        'makati': 'makati-city',
        'pasay': 'pasay-city',
        'taguig': 'taguig-city',
    },
    'MEX': {'matamoros': 'heroica-matamoros'},
    'USA': {'washington-d-c': 'washington', 'new-york-city': 'new-york'},
    'GRC': {'corfu': 'kerkyra', 'rhodes': 'rodos'},
    'AFG': {'mazar-i-sharif': 'mazar-e-sharif'},
    'UKR': {'odessa': 'odesa'},
    'GUM': {'hagatna': 'hagta'},
}
# Where both names occur, the shorter common one is the id.
PREFER = {
    'USA': {'washington-d-c': 'washington', 'new-york-city': 'new-york'},
    'KWT': {'kuwait': 'kuwait-city'},
    'ESP': {'las-palmas-de-gran-canaria': 'las-palmas'},
    'DEU': {'frankfurt-am-main': 'frankfurt'},
    'KIR': {'south-tarawa': 'tarawa'},
    'PHL': {'davao-city': 'davao'},
    'UKR': {'odessa': 'odesa'},
    'BOL': {'santa-cruz-de-la-sierra': 'santa-cruz'},
}

# Of several towns of one name in one country the one that is meant; elsewhere the largest is taken.
ADMIN_OF = {('USA', 'washington'): 'District of Columbia', ('USA', 'brownsville'): 'Texas'}

# Admin names of the table of cities that differ from ISO 3166-2 by more than a generic word.
ADMIN_ALIAS = {
    ('BIH', 'bosnia-and-herzegovina-federation-of'): 'BA-BIH',
    ('BEL', 'wallonia'): 'BE-WAL',
    ('BEL', 'flanders'): 'BE-VLG',
    ('BEL', 'brussels-capital-region'): 'BE-BRU',
    ('CHL', 'region-metropolitana'): 'CL-RM',
    ('IDN', 'jakarta'): 'ID-JK',
    ('LBN', 'mont-liban'): 'LB-JL',
    ('LBN', 'beyrouth'): 'LB-BA',
    ('DEU', 'north-rhine-westphalia'): 'DE-NW',
    ('DEU', 'bavaria'): 'DE-BY',
    ('DEU', 'hesse'): 'DE-HE',
    ('DEU', 'lower-saxony'): 'DE-NI',
    ('DEU', 'saxony'): 'DE-SN',
    ('PRT', 'madeira'): 'PT-30',
    ('PRT', 'lisboa'): 'PT-11',
    ('GRC', 'kriti'): 'GR-M',
    ('GRC', 'attiki'): 'GR-I',
    ('ARG', 'buenos-aires-ciudad-autonoma-de'): 'AR-C',
    ('CHN', 'tibet'): 'CN-XZ',
    ('HRV', 'zagreb-grad'): 'HR-21',
    ('HTI', 'ouest'): 'HT-OU',
    ('KOR', 'seoul'): 'KR-11',
    ('UKR', 'kyiv-misto'): 'UA-30',
    ('YEM', 'amanat-al-asimah'): 'YE-SA',
    ('COL', 'bogota'): 'CO-DC',
    ('CZE', 'praha'): 'CZ-10',
    ('RUS', 'moskva'): 'RU-MOW',
    ('RUS', 'sankt-peterburg'): 'RU-SPE',
}

GENERIC = (
    'shi sheng zizhiqu si do gwangyeoksi teukbyeolsi oblast voblasts voblasc oblys kray krai '
    'respublika province provincia prefecture region governorate district departamento '
    'department departement state wilayah wilaya distrito capital city ville federal '
    'municipality kommun lan county judet of the de da do al ad an ash ar as at az el '
    'muhafazat daerah khusus ibukota kota stolichnaya special administrative area misto '
    'oblasts republic maakond zupanija '
).split()

# A place that an agreement names but that no city table has, or that is larger than a city.
EXTRA = [
    # id, parent, name, lat, lon
    ('GRC-crete', 'GR-M', 'Crete', '35.21', '24.91'),
    ('GRC-parikia', 'GR-L', 'Parikia', '37.085', '25.150'),
    ('PRT-madeira', 'PT-30', 'Madeira', '32.75', '-17.00'),
    ('IDN-bali', 'ID-BA', 'Bali', '-8.37', '115.14'),
    ('ESH-dakhla', 'ESH', 'Dakhla', '23.684', '-15.958'),
    ('NRU-aiwo', 'NR-02', 'Aiwo', '-0.534', '166.913'),
    ('TCA-providenciales', 'TCA', 'Providenciales', '21.774', '-72.265'),
    ('PSE-jerusalem', 'PSE', 'Jerusalem', '31.783', '35.233'),
]

# Cities that every workspace of the world should know although no post or office may stand there.
ALWAYS = [
    ('USA', 'McAllen'),
    ('USA', 'Brownsville'),
    ('MEX', 'Reynosa'),
    ('MEX', 'Matamoros'),
    ('SDN', 'Khartoum'),
    ('SDN', 'Port Sudan'),
    ('ERI', 'Asmara'),
]

AROUND_KM = 25  # a city and its suburbs
FAR_KM = 45  # farther from every city of the country than this, coordinates are not in it


def distance_km(lat_a, lon_a, lat_b, lon_b):
    """Good enough for "within 25 km"; never used to order far places."""
    return 111.2 * math.hypot(lat_a - lat_b, (lon_a - lon_b) * math.cos(math.radians(lat_a)))


def without_generic(name):
    return '-'.join(word for word in slug(name).split('-') if word not in GENERIC)


class Gazetteer:
    def __init__(self, folder, known, sources):
        self.codes = known
        self.sources = sources
        self.localities = {}
        self.by_name = collections.defaultdict(list)
        self.grid = collections.defaultdict(list)
        self.common = {
            iso3: {there: here for here, there in names.items()} for iso3, names in COMMON.items()
        }
        for row in tables.read(folder, 'cities.csv'):
            row['at'] = (float(row['lat']), float(row['lon']))
            row['people'] = int(row['population'] or 0)
            self.by_name[(row['iso3'], slug(row['city_ascii']))].append(row)
            if slug(row['city']) != slug(row['city_ascii']):
                self.by_name[(row['iso3'], slug(row['city']))].append(row)
            self.grid[(math.floor(row['at'][0]), math.floor(row['at'][1]))].append(row)
        self.admin = self.admin_names()
        for place, parent, name, lat, lon in EXTRA:
            self.add(place, parent, name, lat, lon, 'agreement-places')
        for iso3, city in ALWAYS:
            self.city(iso3, city)

    def admin_names(self):
        names = {}
        for row in self.codes.subdivisions:
            for key in (slug(row['name']), without_generic(row['name'])):
                names.setdefault((row['iso3'], key), []).append(row['code'])
        return names

    def subdivision(self, iso3, admin):
        """The ISO 3166-2 code of an admin name, if exactly one of the top level fits; else empty.
        """
        if not admin:
            return ''
        if (iso3, slug(admin)) in ADMIN_ALIAS:
            return ADMIN_ALIAS[(iso3, slug(admin))]
        for key in (slug(admin), without_generic(admin)):
            found = sorted(set(self.admin.get((iso3, key), ())))
            if len(found) == 1 and key:
                return found[0]
        return ''

    def add(self, place, parent, name, lat, lon, source):
        if place not in self.localities:
            self.localities[place] = {
                'place': place,
                'parent': parent,
                'kind': 'locality',
                'name': name,
                'lat': lat,
                'lon': lon,
                'source': self.sources.cite(source),
            }
        return place

    def row_of(self, iso3, name):
        """The row of the table of cities for a name, or None."""
        key = COMMON.get(iso3, {}).get(slug(name), slug(name))
        found = self.by_name.get((iso3, key)) or self.by_name.get((iso3, slug(name)), [])
        wanted = ADMIN_OF.get((iso3, key))
        if wanted:
            found = [row for row in found if row['admin'] == wanted]
        return max(found, key=lambda row: (row['people'], row['admin'])) if found else None

    def from_row(self, row):
        """The locality of a row of the table of cities."""
        iso3, key = row['iso3'], slug(row['city_ascii'])
        here = self.common.get(iso3, {}).get(key, key)
        here = PREFER.get(iso3, {}).get(here, here)
        name = (
            row['city']
            if here in (key, slug(row['city']))
            else ' '.join(w.capitalize() for w in here.split('-'))
        )
        parent = self.subdivision(iso3, row['admin'])
        if not parent or parent in codes.TERRITORY_SUBDIVISIONS:
            parent = iso3  # a locality never leaves the country of its id
        return self.add('%s-%s' % (iso3, here), parent, name, row['lat'], row['lon'], 'cities')

    def around(self, iso3, lat, lon):
        """The city around a point: the national capital if it is near, else the largest city near;
        or None.
        """
        near = [row for row in self.near(lat, lon, AROUND_KM) if row['iso3'] == iso3]
        capital = [row for row in near if row['capital'] == 'national']
        return (
            max(capital or near, key=lambda row: (row['people'], row['city_ascii']))
            if near
            else None
        )

    def near(self, lat, lon, km):
        cells = [(math.floor(lat) + a, math.floor(lon) + b) for a in (-1, 0, 1) for b in (-1, 0, 1)]
        return [
            row
            for cell in cells
            for row in self.grid.get(cell, ())
            if distance_km(lat, lon, *row['at']) <= km
        ]

    def country_at(self, lat, lon):
        """The country of the nearest city within FAR_KM, or empty."""
        near = self.near(lat, lon, FAR_KM)
        return min(near, key=lambda row: distance_km(lat, lon, *row['at']))['iso3'] if near else ''

    def city(self, iso3, name, at=None, source='embassies'):
        """The locality for a city's name in a country; AT, if known, finds the city around a
        district.
        """
        name = re.sub(r'\s*\(.*\)$', '', name).strip()
        ready = '%s-%s' % (iso3, slug(name))
        if ready in self.localities:
            return ready
        row = self.row_of(iso3, name)
        if row is None and at is not None:
            row = self.around(iso3, *at)
        if row is not None:
            return self.from_row(row)
        lat, lon = ('%.5f' % at[0], '%.5f' % at[1]) if at else ('', '')
        return self.add(ready, iso3, name, lat, lon, source)

    def country_rows(self):
        rows = []
        for iso3, row in sorted(self.codes.countries.items()):
            rows.append(
                {
                    'place': iso3,
                    'parent': self.codes.region(iso3),
                    'kind': 'country',
                    'name': row['name'],
                    'lat': row['lat'],
                    'lon': row['lon'],
                    'nationality': self.codes.nationality(iso3),
                    'source': self.sources.cite('countries'),
                }
            )
        islands = codes.CHANNEL_ISLANDS
        rows.append(
            {
                'place': 'CHI',
                'parent': 'm49:' + islands['region'],
                'kind': 'country',
                'name': islands['name'],
                'lat': islands['lat'],
                'lon': islands['lon'],
                'nationality': self.codes.nationality('CHI'),
                'source': self.sources.cite('undesa-stock-2020'),
            }
        )
        return rows

    def subdivision_rows(self):
        """Parents before children; the file's own parent, else the country, else the territory it
        stands for.
        """
        rows = []
        for row in sorted(self.codes.subdivisions, key=lambda r: (bool(r['parent']), r['code'])):
            parent = row['parent'] or codes.TERRITORY_SUBDIVISIONS.get(row['code']) or row['iso3']
            rows.append(
                {
                    'place': row['code'],
                    'parent': parent,
                    'kind': 'subdivision',
                    'name': row['name'],
                    'source': self.sources.cite('iso-3166-2'),
                }
            )
        return rows

    def rows(self):
        """places.csv: parents always before children."""
        world = [
            {'place': 'world', 'kind': 'world', 'name': 'World', 'source': self.sources.cite('m49')}
        ]
        localities = [self.localities[place] for place in sorted(self.localities)]
        return (
            world
            + self.codes.regions()
            + self.country_rows()
            + self.subdivision_rows()
            + localities
        )
