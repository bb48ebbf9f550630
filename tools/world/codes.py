"""Countries, territories, M49 regions and the nationality of a place's people."""

import os

import tables

# Codes of the sources that are places without being in countries.csv. UN DESA counts Jersey and
# Guernsey together as the Channel Islands; their people are British like those of JEY and GGY in
# dependencies.csv.
CHANNEL_ISLANDS = {
    'iso3': 'CHI',
    'name': 'Channel Islands',
    'lat': '49.35',
    'lon': '-2.35',
    'region': '154',
}
NATIONALITY_MORE = {'CHI': 'GBR'}

# M49 gives Taiwan's row (as part of China) a region but has no row for Kosovo; both are placed
# beside their neighbours.
REGION_MORE = {'XKX': '039', 'TWN': '030'}

# Origins that are no places: ICAO 9303's stateless and unspecified nationality, UNHCR's Tibetans.
ORIGINS_ONLY = ('XXA', 'XXX', 'TIB')

# Subdivisions of a State in ISO 3166-2 that also have a country code: the subdivision hangs below
# the territory, so that one person at one place gets one answer whichever code the place is asked
# by.
TERRITORY_SUBDIVISIONS = {
    'CN-HK': 'HKG',
    'CN-MO': 'MAC',
    'CN-TW': 'TWN',
    'FR-BL': 'BLM',
    'FR-GF': 'GUF',
    'FR-GP': 'GLP',
    'FR-MF': 'MAF',
    'FR-MQ': 'MTQ',
    'FR-NC': 'NCL',
    'FR-PF': 'PYF',
    'FR-PM': 'SPM',
    'FR-RE': 'REU',
    'FR-TF': 'ATF',
    'FR-WF': 'WLF',
    'FR-YT': 'MYT',
    'NL-AW': 'ABW',
    'NL-CW': 'CUW',
    'NL-SX': 'SXM',
    'NL-BQ1': 'BES',
    'NL-BQ2': 'BES',
    'NL-BQ3': 'BES',
    'NO-21': 'SJM',
    'NO-22': 'SJM',
    'US-AS': 'ASM',
    'US-GU': 'GUM',
    'US-MP': 'MNP',
    'US-PR': 'PRI',
    'US-UM': 'UMI',
    'US-VI': 'VIR',
    'FI-01': 'ALA',
}


class Codes:
    """The tables of codes, read once."""

    def __init__(self, folder):
        self.countries = {row['iso3']: row for row in tables.read(folder, 'countries.csv')}
        self.dependencies = {row['code']: row for row in tables.read(folder, 'dependencies.csv')}
        self.subdivisions = tables.read(folder, 'subdivisions.csv')
        m49 = os.path.join(folder, '..', 'vectors', 'codes', 'm49')
        self.m49 = {row['ISO3166-1-Alpha-3']: row for row in tables.read(m49, 'country-codes.csv')}

    def is_place(self, code):
        return code in self.countries or code == 'CHI'

    def nationality(self, code):
        """The nationality of the people of CODE; empty for Antarctica, which has no people of its
        own.
        """
        if code in NATIONALITY_MORE:
            return NATIONALITY_MORE[code]
        if code in self.dependencies:
            return self.dependencies[code]['nationality']
        return code

    def states(self):
        """Every code whose people have a nationality of their own, contested ones with their own
        code included.
        """
        return [code for code in sorted(self.countries) if self.nationality(code) == code]

    def territories_of(self, code):
        return [t for t in self.dependencies if t != code and self.nationality(t) == code]

    def region(self, code):
        """The M49 id directly above a country: the intermediate region, else the sub-region, else
        the world.
        """
        if code in REGION_MORE:
            return 'm49:' + REGION_MORE[code]
        row = self.m49[code]
        for column in ('Intermediate Region Code', 'Sub-region Code', 'Region Code'):
            if row[column]:
                return 'm49:' + row[column].zfill(3)
        return 'world'

    def regions(self):
        """Rows of places.csv for the M49 regions, parents first."""
        found = {}
        for row in self.m49.values():
            parent = 'world'
            for kind in ('Region', 'Sub-region', 'Intermediate Region'):
                if row[kind + ' Code']:
                    code = 'm49:' + row[kind + ' Code'].zfill(3)
                    found[code] = (parent, row[kind + ' Name'])
                    parent = code
        depth = {'world': 0}
        while len(depth) <= len(found):
            for code, (parent, _) in found.items():
                if parent in depth:
                    depth[code] = depth[parent] + 1
        return [
            {
                'place': code,
                'parent': found[code][0],
                'kind': 'region',
                'name': found[code][1],
                'source': 'm49',
            }
            for code in sorted(found, key=lambda c: (depth[c], c))
        ]
