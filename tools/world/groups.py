"""Groups (bodies and treaties as dated membership), zones, and the parties that agreements and
facts name.
"""

import tables

# Bodies of memberships.csv -> the group's id; the others are the body's name in lower case.
BODY_ID = {
    'PACIFIC_ALLIANCE': 'pacific-alliance',
    'IOM': 'iom-members',
    'AU': 'african-union',
    'LAS': 'arab-league',
}

# Bodies without an effect on who helps whom are left out.
BODIES_LEFT_OUT = ('SCHENGEN',)

TREATY_ID = {
    'vccr_1963': 'vccr-1963',
    'refugee_convention_1951': 'refugee-1951',
    'refugee_protocol_1967': 'refugee-protocol-1967',
    'palermo_trafficking_2000': 'palermo-trafficking-2000',
    'palermo_smuggling_2000': 'palermo-smuggling-2000',
    'migrant_workers_1990': 'migrant-workers-1990',
    'stateless_persons_1954': 'stateless-1954',
    'statelessness_reduction_1961': 'statelessness-1961',
}

# MERCOSUR's consular decision 35/00 binds its members and the two associated States that joined in
# it.
MERCOSUR_CONSULAR = ('ARG', 'BOL', 'BRA', 'CHL', 'PRY', 'URY')
TRICAMEX = ('GTM', 'HND', 'MEX', 'SLV')

# Parties of agreements that need a group of their own, because a pool draws on it or a treaty binds
# it: group, first day where one holds for all (else open), parties. The lists of the Maritime
# Labour Convention (the thirty whose ratifications brought it into force) and of the OAU's refugee
# convention (the sure ones) are general knowledge.
AGREEMENT_GROUPS = [
    ('guam', '', 'AZE GEO MDA UKR', 'regimes'),
    ('bolivarian-1911', '', 'BOL COL ECU PER VEN', 'regimes'),
    ('mexico-guatemala-honduras', '2024-05-07', 'GTM HND MEX', 'regimes'),
    ('central-america-mexico', '', 'DOM GTM HND NIC SLV', 'regimes'),
    (
        'mlc-2006',
        '2013-08-20',
        'ATG AUS BEN BGR BHS BIH CAN CHE CYP DNK ESP HRV KIR KNA LBR LUX LVA MHL NLD NOR PAN PHL '
        'PLW POL RUS SGP SWE TGO TUV VCT',
        'general',
    ),
    (
        'oau-refugee-1969',
        '2004-12-31',
        'AGO BDI BEN BFA BWA CAF CIV CMR COD COG COM CPV DZA EGY ETH GAB GHA GIN GMB GNB GNQ KEN '
        'LBR LBY LSO MAR MLI MOZ MRT MUS MWI NER NGA RWA SDN SEN SLE SWZ SYC TCD TGO TUN TZA UGA '
        'ZAF ZMB ZWE',
        'general',
    ),
    ('domestic-workers-2011', '2015-03-24', 'ARG', 'regimes'),
    ('domestic-workers-2011', '2016-06-10', 'BEL CHL', 'regimes'),
    ('domestic-workers-2011', '2014-04-15', 'BOL', 'regimes'),
    ('domestic-workers-2011', '2019-01-31', 'BRA', 'regimes'),
    ('domestic-workers-2011', '2015-01-20', 'CRI', 'regimes'),
    ('domestic-workers-2011', '2014-09-20', 'DEU', 'regimes'),
    ('domestic-workers-2011', '2016-05-15', 'DOM', 'regimes'),
    ('domestic-workers-2011', '2014-12-18', 'ECU', 'regimes'),
    ('domestic-workers-2011', '2016-01-08', 'FIN', 'regimes'),
    ('domestic-workers-2011', '2019-11-12', 'GRD', 'regimes'),
    ('domestic-workers-2011', '2018-04-25', 'GIN', 'regimes'),
    ('domestic-workers-2011', '2014-08-09', 'GUY', 'regimes'),
    ('domestic-workers-2011', '2015-08-28', 'IRL', 'regimes'),
    ('domestic-workers-2011', '2014-01-22', 'ITA', 'regimes'),
    ('domestic-workers-2011', '2017-10-11', 'JAM', 'regimes'),
    ('domestic-workers-2011', '2015-05-09', 'COL', 'regimes'),
    ('domestic-workers-2011', '2020-06-11', 'MDG', 'regimes'),
    ('domestic-workers-2011', '2013-09-13', 'MUS', 'regimes'),
    ('domestic-workers-2011', '2021-07-03', 'MEX', 'regimes'),
    ('domestic-workers-2011', '2014-01-10', 'NIC', 'regimes'),
    ('domestic-workers-2011', '2016-06-11', 'PAN', 'regimes'),
    ('domestic-workers-2011', '2014-05-07', 'PRY', 'regimes'),
    ('domestic-workers-2011', '2019-11-26', 'PER', 'regimes'),
    ('domestic-workers-2011', '2013-09-05', 'PHL URY', 'regimes'),
    ('domestic-workers-2011', '2016-07-17', 'PRT', 'regimes'),
    ('domestic-workers-2011', '2020-04-04', 'SWE', 'regimes'),
    ('domestic-workers-2011', '2015-11-12', 'CHE', 'regimes'),
    ('domestic-workers-2011', '2014-06-20', 'ZAF', 'regimes'),
    ('mlc-2006', '2014-06-18', 'NGA', 'general'),
    ('mlc-2006', '2014-06-20', 'BRB ZAF', 'general'),
    ('mlc-2006', '2014-08-07', 'FJI GBR JPN VNM', 'general'),
    (
        'council-of-europe-trafficking',
        '2017-07-01',
        'ALB AND ARM AUT AZE BEL BGR BIH BLR CHE CYP CZE DEU DNK ESP EST FIN FRA GBR GEO GRC HRV '
        'HUN IRL ISL ITA LIE LTU LUX LVA MCO MDA MKD MLT MNE NLD NOR POL PRT ROU SMR SRB SVK SVN '
        'SWE TUR UKR',
        'general',
    ),
]

# The compact's members: the fifty States, the District of Columbia and four territories.
EMAC = {
    'PR': 'Puerto Rico',
    'VI': 'U.S. Virgin Islands',
    'GU': 'Guam',
    'MP': 'Northern Mariana Islands',
}
NOT_STATES = ('AS', 'UM')

ORGANIZATIONS = [
    # party, kind, name, source
    ('iom', 'io', 'International Organization for Migration', 'general'),
    ('unhcr', 'io', 'Office of the United Nations High Commissioner for Refugees', 'general'),
    (
        'unrwa',
        'io',
        'United Nations Relief and Works Agency for Palestine Refugees in the Near East',
        'unrwa',
    ),
    ('icrc', 'io', 'International Committee of the Red Cross', 'general'),
    ('ifrc', 'io', 'International Federation of Red Cross and Red Crescent Societies', 'ifrc'),
    ('unicef', 'io', 'United Nations Children\'s Fund', 'general'),
    ('ercc', 'io', 'Emergency Response Coordination Centre of the European Union', 'general'),
    ('osac', 'private-sector', 'Overseas Security Advisory Council', 'osac'),
]

# Agencies are enforcement unless their State has declared the unit a service, which none of these
# is known to be.
OTHER_PARTIES = [
    # party, kind, name, parent, country, languages, flags, source
    (
        'usa-cbp',
        'agency',
        'U.S. Customs and Border Protection',
        'USA',
        'USA',
        'eng spa',
        '',
        'tricamex',
    ),
    (
        'san-juan-parish',
        'civil-society',
        'San Juan parish',
        '',
        'USA',
        'eng spa',
        '',
        'illustrative',
    ),
]

ZONES = [
    # zone, places, source: the border community of the consular group, and the fields of operation
    # of an agency whose fifth, the Gaza Strip, and fourth, the West Bank, are one country code
    (
        'rio-grande-valley',
        ('USA-mcallen', 'USA-brownsville', 'MEX-reynosa', 'MEX-matamoros'),
        'tricamex',
    ),
    ('unrwa-fields', ('JOR', 'LBN', 'PSE', 'SYR'), 'unrwa'),
]


def emac_codes(codes):
    """Subdivision codes of the compact's members with their names."""
    found = {}
    for row in codes.subdivisions:
        if row['iso3'] == 'USA' and row['code'][3:] not in NOT_STATES:
            found[row['code'].lower()] = EMAC.get(row['code'][3:], row['name'])
    return dict(sorted(found.items()))


def group_rows(folder, codes, sources):
    rows = []

    def add(group, party, start, end, source):
        rows.append(
            {
                'group': group,
                'party': party,
                'from': start,
                'until': end,
                'source': sources.cite(source),
            }
        )

    for row in tables.read(folder, 'memberships.csv'):
        if (
            row['body'] in BODIES_LEFT_OUT
            or row['status'] == 'associate'
            or codes.nationality(row['iso3']) != row['iso3']
        ):
            continue
        # A former or suspended member without a known first day was one before: open start, closed
        # end.
        add(
            BODY_ID.get(row['body'], row['body'].lower()),
            row['iso3'],
            tables.first_day(row['from']),
            tables.last_day(row['to']),
            'memberships',
        )
    for row in tables.read(folder, 'treaties.csv'):
        # A signature alone binds nobody: rows without the act that binds are left out.
        if row['bound_from'] and codes.nationality(row['iso3']) == row['iso3']:
            add(
                TREATY_ID[row['treaty']],
                row['iso3'],
                tables.first_day(row['bound_from']),
                '',
                'untc',
            )
    for party in codes.states():
        add('states', party, '', '', 'countries')
    for party in MERCOSUR_CONSULAR:
        add('mercosur-consular', party, '2000-08-01', '', 'general')
    for party in TRICAMEX:
        add('tricamex', party, '2015-12-01', '', 'tricamex')
    for group, start, parties, source in AGREEMENT_GROUPS:
        for party in parties.split():
            add(group, party, start, '', source)
    for party in emac_codes(codes):
        add('emac', party, '', '', 'emac')
    for party in society_ids(folder).values():
        add('rcrc', party, '', '', 'ifrc')
    add('rcrc', 'icrc', '', '', 'general')
    return sorted(rows, key=lambda r: (r['group'], r['party'], r['from']))


def zone_rows(sources):
    return [
        {'zone': zone, 'place': place, 'source': sources.cite(source)}
        for zone, places, source in ZONES
        for place in places
    ]


def society_ids(folder):
    return {
        row['iso3']: 'ns-' + row['iso3'].lower()
        for row in tables.read(folder, 'national_societies.csv')
    }


def party_rows(folder, codes, sources):
    rows = []
    for code in codes.states():
        row = codes.countries[code]
        rows.append(
            {
                'party': code,
                'kind': 'state',
                'name': row['name'],
                'country': code,
                'languages': row['languages'],
                'source': sources.cite('countries'),
            }
        )
    for party, kind, name, source in ORGANIZATIONS:
        rows.append({'party': party, 'kind': kind, 'name': name, 'source': sources.cite(source)})
    for row in tables.read(folder, 'national_societies.csv'):
        # National Societies help their authorities yet act on their own (Fundamental Principles):
        # no parent, no flag.
        rows.append(
            {
                'party': 'ns-' + row['iso3'].lower(),
                'kind': 'civil-society',
                'name': row['name'],
                'country': row['iso3'],
                'source': sources.cite('ifrc'),
            }
        )
    for party, name in emac_codes(codes).items():
        rows.append(
            {
                'party': party,
                'kind': 'local-authority',
                'name': name,
                'parent': 'USA',
                'country': 'USA',
                'languages': 'eng',
                'source': sources.cite('emac'),
            }
        )
    for party, kind, name, parent, country, languages, flags, source in OTHER_PARTIES:
        rows.append(
            {
                'party': party,
                'kind': kind,
                'name': name,
                'parent': parent,
                'country': country,
                'languages': languages,
                'flags': flags,
                'source': sources.cite(source),
            }
        )
    return rows
