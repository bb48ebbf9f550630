#!/usr/bin/env python3
"""Fills the project's workspace from the source tables: `convert.py SOURCE_DATA_DIR OUT_DIR`.

With --verify it also holds what it wrote against the figures and facts that are known; with --check OUT_DIR is only
compared with what would be written. README.md in this folder says which judgements are made where.
"""

import argparse
import filecmp
import os
import sys
import tempfile

import codes
import gazetteer
import groups
import sources
import tables

COLUMNS = {
    'sources.csv': 'source title url licence retrieved',
    'places.csv': 'place parent kind name lat lon nationality source',
    'zones.csv': 'zone place from until source',
    'groups.csv': 'group party from until source',
    'parties.csv': 'party kind name parent country languages flags source',
}


def build(folder):
    """All tables by file name."""
    known = codes.Codes(folder)
    cited = sources.Sources()
    places = gazetteer.Gazetteer(folder, known, cited)
    made = {
        'groups.csv': groups.group_rows(folder, known, cited),
        'parties.csv': groups.party_rows(folder, known, cited),
        'zones.csv': groups.zone_rows(cited),
    }
    made['places.csv'] = places.rows()
    made['sources.csv'] = cited.table()
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('source', help='folder of the source tables')
    parser.add_argument('out', help='folder of the workspace')
    options = parser.parse_args()
    made = build(options.source)
    os.makedirs(options.out, exist_ok=True)
    for name, rows in sorted(made.items()):
        tables.write(options.out, name, COLUMNS[name].split(), rows)
    print(', '.join('%s %d' % (name, len(rows)) for name, rows in sorted(made.items())))


if __name__ == '__main__':
    sys.exit(main())
