"""Holds a written workspace to what is known: its form, the figures of the stock, and facts about
posts.
"""

import collections

import codes
import names
import tables
from presence import Presence

# What a person who knows the posts would say: (State, country, level, date, values that are right).
KNOWN = [
    ('DEU', 'SYR', 'resident', '2022-06-01', 'F'),
    ('USA', 'YEM', 'resident', '2022-06-01', 'F'),
    ('FRA', 'AFG', 'resident', '2022-06-01', 'F'),
    ('DEU', 'SYR', 'accredited', '2022-06-01', 'UF'),
    ('USA', 'YEM', 'accredited', '2022-06-01', 'UF'),
    ('FRA', 'AFG', 'accredited', '2022-06-01', 'UF'),
    ('FRA', 'SDN', 'resident', '2022-06-01', 'T'),
    ('FRA', 'SDN', 'resident', '2026-11-23', 'F'),
    ('NPL', 'LBN', 'resident', '2022-06-01', 'UF'),
    ('NPL', 'LBN', 'accredited', '2022-06-01', 'T'),
    ('PHL', 'LBN', 'resident', '2022-06-01', 'T'),
    ('ETH', 'SAU', 'resident', '2022-06-01', 'T'),
    ('MLT', 'SDN', 'resident', '2022-06-01', 'UF'),
    ('AUT', 'GRC', 'resident', '2022-06-01', 'T'),
    ('CHE', 'GRC', 'resident', '2022-06-01', 'T'),
    ('GBR', 'IRN', 'resident', '2022-06-01', 'T'),
    ('GBR', 'IRN', 'resident', '2013-01-01', 'F'),
    ('CHE', 'IRN', 'resident', '2022-06-01', 'T'),
    ('USA', 'IRN', 'resident', '2022-06-01', 'F'),
    ('SYR', 'TUR', 'resident', '2022-06-01', 'T'),
    ('IND', 'AFG', 'resident', '2022-11-16', 'F'),
    ('ARM', 'AZE', 'resident', '2022-06-01', 'F'),
    ('USA', 'BTN', 'resident', '2022-06-01', 'F'),
    ('TUR', 'SDN', 'resident', '2023-08-01', 'T'),
    ('PHL', 'HKG', 'resident', '2022-06-01', 'T'),
    ('VEN', 'COL', 'resident', '2020-06-01', 'F'),
    ('USA', 'SLB', 'resident', '2022-06-01', 'F'),
    ('USA', 'SLB', 'resident', '2024-01-01', 'T'),
]

# Figures of the stock of 2020, and of the refugees and asylum-seekers who are part of it. The
# Channel Islands' people count as British (codes.py); without that own_state would be 77,691 less,
# 5,612,789.
STOCK, OWN_STATE, PROTECTED, BEYOND = 267940954, 5690480, 23904232, 942540
SUBDIVISIONS = 5127


def form(folder, report):
    """Every reference is answered, every key is single, the place decides the receiving country."""
    places = {r['place']: r for r in tables.read(folder, 'places.csv')}
    parties = {r['party'] for r in tables.read(folder, 'parties.csv')}
    cited = {r['source'] for r in tables.read(folder, 'sources.csv')}

    def country(place):
        while places[place]['kind'] != 'country':
            place = places[place]['parent']
        return place

    kinds = collections.Counter(r['kind'] for r in places.values())
    report(kinds['subdivision'] == SUBDIVISIONS, 'subdivisions', kinds['subdivision'])
    report(
        all(r['parent'] in places for r in places.values() if r['parent']),
        'parents of places',
        len(places),
    )
    posts = tables.read(folder, 'posts.csv')
    report(
        len({(r['post'], r['from']) for r in posts}) == len(posts), 'periods of posts', len(posts)
    )
    report(
        all(country(r['place']) == r['receiving'] for r in posts),
        'place and receiving country',
        len(posts),
    )
    report(all(r['sending'] in parties for r in posts), 'sending parties', len(posts))
    report(
        all(not r['until'] or r['from'] <= r['until'] for r in posts), 'spans of posts', len(posts)
    )
    report(
        all(set(r['accredited_to'].split()) <= set(places) for r in posts),
        'accreditations',
        len(posts),
    )
    for name in (
        'places',
        'zones',
        'groups',
        'parties',
        'posts',
        'absent',
        'complete',
        'offices',
        'people',
        'risk',
        'channels',
        'assets',
        'strengths',
        'ways',
    ):
        rows = tables.read(folder, name + '.csv')
        report(all(r['source'] in cited for r in rows), 'sources of ' + name, len(rows))
    origins = {r['origin'] for r in tables.read(folder, 'people.csv')}
    report(
        origins - set(places) == set(codes.ORIGINS_ONLY) | {''}, 'origins of people', len(origins)
    )
    for name in ('groups', 'offices', 'channels', 'assets', 'strengths'):
        rows = tables.read(folder, name + '.csv')
        report(all(r['party'] in parties for r in rows), 'parties of ' + name, len(rows))
    for name in ('zones', 'offices', 'channels', 'assets', 'strengths', 'people', 'risk', 'ways'):
        rows = tables.read(folder, name + '.csv')
        report(all(r['place'] in places for r in rows), 'places of ' + name, len(rows))


def figures(folder, report):
    """Who is counted: the stock, the own State's nationals, the protected, and those beyond the
    stock.
    """
    nationality = {
        r['place']: r['nationality']
        for r in tables.read(folder, 'places.csv')
        if r['kind'] == 'country'
    }
    stock, groups = {}, {'refugee': collections.Counter(), 'asylum-seeker': collections.Counter()}
    for row in tables.read(folder, 'people.csv'):
        key = (row['origin'], row['place'])
        if row['year'] == '2020' and row['group'] == '':
            stock[key] = int(row['people'])
        elif row['year'] == '2020' and row['group'] in groups:
            groups[row['group']][key] += int(row['people'])
    own = {
        key
        for key in set(stock) | set(groups['refugee']) | set(groups['asylum-seeker'])
        if nationality.get(key[0], key[0]) == nationality[key[1]]
    }
    protected = beyond = 0
    for key in set(groups['refugee']) | set(groups['asylum-seeker']):
        here = groups['refugee'][key] + groups['asylum-seeker'][key]
        part = 0 if key in own else min(here, stock.get(key, 0))
        protected += part
        beyond += here - part
    report(sum(stock.values()) == STOCK, 'stock of 2020', sum(stock.values()))
    own_state = sum(count for key, count in stock.items() if key in own)
    report(own_state == OWN_STATE, 'own State\'s nationals', own_state)
    report(protected == PROTECTED, 'protected', protected)
    report(beyond == BEYOND, 'beyond the stock', beyond)


def known(folder, report):
    judge = Presence(folder)
    for state, country, level, date, right in KNOWN:
        value = judge.presence(state, country, level, date)
        report(value in right, '%s in %s, %s, %s' % (state, country, level, date), value)


def in_languages(folder, report):
    """Every country, region and State has its name in each language, in that language's letters."""
    given = {(r['id'], r['lang']): r['name'] for r in tables.read(folder, 'names.csv')}
    wanted = {
        r['place']
        for r in tables.read(folder, 'places.csv')
        if r['kind'] in ('world', 'region', 'country')
    } | {r['party'] for r in tables.read(folder, 'parties.csv') if r['kind'] == 'state'}
    missing = [(i, lang) for i in sorted(wanted) for lang in names.LANGS if (i, lang) not in given]
    report(not missing, 'names in %s' % ', '.join(names.LANGS), missing or len(wanted))
    foreign = [
        i
        for (i, lang), name in given.items()
        if not name.strip()
        or '*' in name
        or (lang == 'ar') != any('\u0621' <= c <= '\u064a' for c in name)
        or (lang == 'ar' and any(c.isascii() and c.isalpha() for c in name))
    ]
    report(not foreign, 'letters of names', foreign or len(given))


def run(folder):
    """Prints one line for each check; true if all hold."""
    failed = []

    def report(holds, what, value):
        print('%s %s: %s' % ('ok  ' if holds else 'FAIL', what, value))
        if not holds:
            failed.append(what)

    form(folder, report)
    figures(folder, report)
    known(folder, report)
    in_languages(folder, report)
    print('%d checks failed' % len(failed))
    return not failed
