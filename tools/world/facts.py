"""Offices of organizations, complete lists, risk, freshness, channels, strengths and assets."""

import tables
from sources import MADE, RECORD
from tables import slug

# Freshness in months by INFORM class; the riskier the country, the sooner what was known of it is
# worth nothing.
FRESHNESS = [
    ('very-high', 12),
    ('high', 36),
    ('medium', 60),
    ('low', 84),
    ('very-low', 84),
    ('none', 60),
]

# Columns of inform_risk.csv -> hazard. `inform` is the index itself and alone bears the class.
HAZARDS = [
    ('inform_risk', 'inform'),
    ('hazard_exposure', 'exposure'),
    ('natural', 'natural'),
    ('earthquake', 'earthquake'),
    ('river_flood', 'flood'),
    ('coastal_flood', 'coastal-flood'),
    ('tsunami', 'tsunami'),
    ('tropical_cyclone', 'cyclone'),
    ('drought', 'drought'),
    ('epidemic', 'epidemic'),
    ('human', 'human'),
    ('projected_conflict_probability', 'conflict-projected'),
    ('current_conflict_intensity', 'conflict'),
    ('vulnerability', 'vulnerability'),
    ('lack_of_coping_capacity', 'coping'),
]
RISK_YEAR = '2025'

ORGANIZATION = {'IOM': 'iom', 'UNHCR': 'unhcr', 'ICRC': 'icrc'}

# The seats of UNRWA's field offices; the Gaza Strip and the West Bank are one country code.
UNRWA_FIELDS = (
    ('JOR', 'Amman'),
    ('LBN', 'Beirut'),
    ('SYR', 'Damascus'),
    ('PSE', 'Jerusalem'),
    ('PSE', 'Gaza'),
)

# The delegation for Kazakhstan is filed under the country of the cluster that it belongs to.
OFFICE_COUNTRY = {('KGZ', 'Almaty'): 'KAZ'}

# Known complete lists: (side, State, as of). All speak of resident posts. An embassy list says
# nothing of consulates in a country without an embassy; a pair without either on record is taken as
# absent all the same, which is what the lists are kept for. The row on the 27 EU members in five
# receiving States is no statement about all senders of one receiver and has no form here; nothing
# is lost by leaving it out, since all 27 are present there.
COMPLETE = [
    ('embassies', 'sending', 'USA', RECORD),
    ('embassies', 'sending', 'DEU', RECORD),
    ('embassies', 'sending', 'FRA', RECORD),
    ('embassies', 'sending', 'JPN', RECORD),
    ('embassies', 'receiving', 'USA', RECORD),
    ('embassies', 'receiving', 'BEL', RECORD),
    ('embassies-and-consulates-general', 'sending', 'BEN', '2021-09-30'),
    ('embassies-and-consulates-general', 'sending', 'ETH', RECORD),
]


def complete_rows(sources):
    return [
        {
            'list': name,
            'side': side,
            'state': state,
            'level': 'resident',
            'as_of': as_of,
            'source': sources.text(
                'complete',
                'Complete list: %s, %s %s (compiled, check described in the source table)'
                % (name, side, state),
            ),
        }
        for name, side, state, as_of in COMPLETE
    ]


def freshness_rows():
    return [{'risk_class': name, 'months': months} for name, months in FRESHNESS]


def risk_rows(folder, sources):
    made = []
    for row in sorted(tables.read(folder, 'inform_risk.csv'), key=lambda r: r['iso3']):
        for column, hazard in HAZARDS:
            if row[column]:
                made.append(
                    {
                        'place': row['iso3'],
                        'hazard': hazard,
                        'value': row[column],
                        'class': slug(row['risk_class']) if hazard == 'inform' else '',
                        'year': RISK_YEAR,
                        'source': sources.cite('inform-2025'),
                    }
                )
    return made


def office_rows(folder, posts, societies, sources):
    made = {}

    def add(party, iso3, city, kind, basis, as_of, source):
        city = city.split(' / ')[0].strip()  # two seats in one cell: the first
        iso3 = OFFICE_COUNTRY.get((iso3, city), iso3)
        place = posts.place(iso3, city, None, 'general') if city else iso3
        made.setdefault(
            (party, place, kind),
            {
                'party': party,
                'place': place,
                'kind': kind,
                'basis': basis,
                'as_of': as_of,
                'source': source,
            },
        )

    for row in tables.read(folder, 'presence.csv'):
        party = ORGANIZATION.get(row['organization']) or societies[row['iso3']]
        basis = 'reported' if row['confidence'].startswith('memory') else 'sourced'
        kind = 'tracing' if row['kind'] == 'rfl_tracing_service' else 'office'
        # "2024" is what was known by the end of that year; nothing was known later than the tables
        # were made.
        as_of = min(tables.last_day(row['as_of']), MADE)
        add(
            party,
            row['iso3'],
            row['city'],
            kind,
            basis,
            as_of,
            sources.text('presence', row['source']),
        )
    for row in tables.read(folder, 'ifrc_offices.csv'):
        add('ifrc', row['iso3'], row['city'], 'office', 'sourced', MADE, sources.cite('ifrc'))
    for iso3, city in UNRWA_FIELDS:
        add('unrwa', iso3, city, 'office', 'reported', RECORD, sources.cite('unrwa'))
    return [made[key] for key in sorted(made)]


def emergency_rows(folder, codes, sources):
    """Numbers that another source confirms and none contradicts. A cell may hold several numbers:
    one row each.
    """
    made = []
    for row in sorted(tables.read(folder, 'emergency_numbers.csv'), key=lambda r: r['iso3']):
        contradicted = bool(row['other_sources_police_ambulance_fire'])
        party = codes.nationality(row['iso3'])
        if not party:
            continue
        aosp = row['source'].startswith('AOSP')
        source = sources.cite('aosp-ecc') if aosp else sources.text('numbers', row['source'])
        for kind in ('police', 'ambulance', 'fire'):
            agreed = row[kind + '_agreement']
            if agreed == 'both' or agreed == 'one' and not contradicted:
                made += [
                    {
                        'party': party,
                        'place': row['iso3'],
                        'kind': kind,
                        'address': one,
                        'visibility': 'public',
                        'source': source,
                    }
                    for one in row[kind].split()
                ]
    return made


def way_rows(folder, codes, sources):
    """Where planes, ships and roads leave: airports with scheduled flights, ports that are not very
    small, land borders. That they exist, not that they are open.
    """
    made = []
    for row in tables.read(folder, 'airports.csv'):
        if row['scheduled'] == '1' and codes.is_place(row['iso3']):
            made.append(
                {
                    'kind': 'airport',
                    'place': row['iso3'],
                    'name': ' '.join(row['name'].split()),
                    'code': row['iata'] or row['ident'],
                    'town': ' '.join(row['city'].split()),
                    'size': row['kind'],
                    'source': sources.cite('ourairports'),
                }
            )
    for row in tables.read(folder, 'ports.csv'):
        size = row['harbor_size'].lower()
        if size in ('large', 'medium', 'small') and codes.is_place(row['iso3']):
            made.append(
                {
                    'kind': 'port',
                    'place': row['iso3'],
                    'name': ' '.join(row['name'].split()),
                    'code': row['locode'],
                    'size': size,
                    'source': sources.cite('world-port-index'),
                }
            )
    for row in tables.read(folder, 'borders.csv'):
        if codes.is_place(row['iso3_a']) and codes.is_place(row['iso3_b']):
            made.append(
                {
                    'kind': 'border',
                    'place': row['iso3_a'],
                    'leads_to': row['iso3_b'],
                    'source': sources.cite('countries'),
                }
            )
    once = {
        tuple(row.get(key, '') for key in ('kind', 'place', 'name', 'code', 'leads_to')): row
        for row in made
    }
    size = {'large': 0, 'medium': 1, 'small': 2}
    return sorted(
        once.values(),
        key=lambda r: (
            r['place'],
            r['kind'],
            size.get(r.get('size'), 3),
            r.get('name', ''),
            r.get('code', ''),
            r.get('leads_to', ''),
        ),
    )


def society_channel_rows(folder, sources):
    """The pages of National Societies, as IFRC GO lists them; never tested."""
    return [
        {
            'party': 'ns-' + row['iso3'].lower(),
            'place': row['iso3'],
            'kind': 'web',
            'address': row['url'].strip(),
            'visibility': 'public',
            'source': sources.cite('ifrc'),
        }
        for row in sorted(tables.read(folder, 'national_societies.csv'), key=lambda r: r['iso3'])
        if row['url'].strip().startswith(('http://', 'https://'))
    ]


def post_channel_rows(posts, sources):
    """Telephone and page of each post on the list, never tested. A State's posts at one place may
    share them: one row.
    """
    made = {}
    for post in posts.all:
        for kind, address in (('phone', post.phone), ('web', post.website)):
            address = ' '.join(address.split())
            if address:
                made[(post.sending, post.place, kind, address)] = {
                    'party': post.sending,
                    'place': post.place,
                    'kind': kind,
                    'address': address,
                    'visibility': 'public',
                    'source': sources.cite('embassies'),
                }
    return [made[key] for key in sorted(made)]


# What a party was reported to be able to give at a place: (party, place, service, quantity, unit,
# text of the source). The houses of the emergency transit agreements.
STRENGTHS = [
    (
        'unhcr',
        'NER',
        'relief.shelter',
        '1100',
        'persons',
        'reliefweb.int UNHCR Niger, fact sheet on the emergency transit mechanism, December 2019',
    ),
    (
        'unhcr',
        'ROU',
        'relief.shelter',
        '200',
        'persons',
        'iom.int 12 March 2009: emergency transit centre in Timișoara',
    ),
    (
        'unhcr',
        'RWA',
        'relief.shelter',
        '700',
        'persons',
        'libyaobserver.ly: addendum of 14 October 2021 on the transit mechanism at Gashora',
    ),
    (
        'unhcr',
        'SVK',
        'relief.shelter',
        '250',
        'persons',
        'iom.sk: humanitarian transfer of refugees, emergency transit centre in Humenné',
    ),
]


def strength_rows(sources):
    return [
        {
            'party': party,
            'place': place,
            'service': service,
            'quantity': quantity,
            'unit': unit,
            'source': sources.text('strengths', text),
        }
        for party, place, service, quantity, unit, text in STRENGTHS
    ]


def asset_rows(sources):
    """The one asset that an example pledge names; the world's real assets are for their parties to
    enter.
    """
    return [
        {
            'asset': 'san-juan-parish:beds',
            'party': 'san-juan-parish',
            'place': 'USA-mcallen',
            'kind': 'beds',
            'quantity': '40',
            'unit': 'persons',
            'source': sources.cite('illustrative'),
        }
    ]
