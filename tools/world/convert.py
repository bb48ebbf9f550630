#!/usr/bin/env python3
"""Fills the project's workspace from the source tables: `convert.py SOURCE_DATA_DIR OUT_DIR`.

With --verify it also holds what it wrote to the figures and facts that are known. README.md in
this folder says which judgement is made where.
"""

import argparse
import os
import sys

import closures
import codes
import facts
import gazetteer
import groups
import names
import people
import posts
import shapes
import sources
import supplement
import tables
import verify

COLUMNS = {
    'sources.csv': 'source title url licence retrieved',
    'places.csv': 'place parent kind name lat lon nationality source',
    'zones.csv': 'zone place from until source',
    'groups.csv': 'group party from until source',
    'parties.csv': 'party kind name parent country languages flags source',
    'posts.csv': 'post sending receiving place kind accredited_to services district name lat lon '
    'from until state basis as_of source',
    'absent.csv': 'sending receiving level from until basis as_of source',
    'complete.csv': 'list side state level as_of source',
    'offices.csv': 'party place kind from until basis as_of source',
    'freshness.csv': 'risk_class months',
    'risk.csv': 'place hazard value class year source',
    'people.csv': people.COLUMNS,
    'channels.csv': 'party place kind address languages hours tested visibility source',
    'assets.csv': 'asset party place kind quantity unit source',
    'names.csv': 'id lang name',
    'shapes.csv': 'place beside kind scale shape source',
    'ways.csv': 'kind place name code town leads_to size source',
    'strengths.csv': 'party place service quantity unit per source',
}


def build(folder):
    """All tables by file name."""
    known = codes.Codes(folder)
    cited = sources.Sources()
    places = gazetteer.Gazetteer(folder, known, cited)
    missions = posts.Posts(folder, known, places, cited)
    more = supplement.Supplement(folder, missions)
    closures.Closures(folder, missions, more)
    made = {
        'posts.csv': missions.rows(),
        'absent.csv': sorted(
            more.absent, key=lambda r: (r['sending'], r['receiving'], r['level'], r['from'])
        ),
        'groups.csv': groups.group_rows(folder, known, cited),
        'parties.csv': groups.party_rows(folder, known, cited),
        'zones.csv': groups.zone_rows(cited),
        'complete.csv': facts.complete_rows(cited),
        'offices.csv': facts.office_rows(folder, missions, groups.society_ids(folder), cited),
        'freshness.csv': facts.freshness_rows(),
        'risk.csv': facts.risk_rows(folder, cited),
        'people.csv': people.rows(folder, cited),
        'channels.csv': facts.emergency_rows(folder, known, cited)
        + facts.society_channel_rows(folder, cited)
        + facts.post_channel_rows(missions, cited),
        'assets.csv': facts.asset_rows(cited),
        'ways.csv': facts.way_rows(folder, known, cited),
        'strengths.csv': facts.strength_rows(cited),
    }
    made['places.csv'] = places.rows()
    made['shapes.csv'] = shapes.rows(
        folder, {r['place'] for r in made['places.csv'] if r['kind'] == 'country'}, cited
    )
    made['names.csv'] = names.rows(
        known, made['places.csv'], made['parties.csv'], made['groups.csv'], made['zones.csv']
    )
    made['sources.csv'] = cited.table()
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('source', help='folder of the source tables')
    parser.add_argument('out', help='folder of the workspace')
    parser.add_argument(
        '--verify', action='store_true', help='hold what was written to the known figures and facts'
    )
    options = parser.parse_args()
    made = build(options.source)
    os.makedirs(options.out, exist_ok=True)
    for name, rows in sorted(made.items()):
        tables.write(options.out, name, COLUMNS[name].split(), rows)
    print(', '.join('%s %d' % (name, len(rows)) for name, rows in sorted(made.items())))
    return 0 if not options.verify or verify.run(options.out) else 1


if __name__ == '__main__':
    sys.dont_write_bytecode = True
    sys.exit(main())
