"""People: the migrant stock, refugees, asylum-seekers and stateless people, and labour migration
beside them.
"""

import tables

COLUMNS = 'origin place group year people low high method source'

# How the figures of people_supplement.csv were got -> method.
METHODS = {'registration', 'embassy', 'estimate', 'survey', 'employer'}


def stock(folder, sources):
    source = sources.cite('undesa-stock-2020')
    return [
        {
            'origin': row['origin'],
            'place': row['destination'],
            'group': '',
            'year': row['year'],
            'people': tables.number(row['stock']),
            'source': source,
        }
        for row in tables.read(folder, 'migrant_stock.csv')
    ]


def protected(folder, sources):
    """One row for each group that the table counts there. Zero is left out: the table has no row
    for most pairs either.
    """
    source = sources.cite('unhcr-population')
    made = []
    for row in tables.read(folder, 'refugees.csv.gz'):
        for column, group in (
            ('refugees', 'refugee'),
            ('asylum_seekers', 'asylum-seeker'),
            ('stateless', 'stateless'),
        ):
            if int(row[column]):
                made.append(
                    {
                        'origin': row['origin'],
                        'place': row['asylum'],
                        'group': group,
                        'year': row['year'],
                        'people': tables.number(row[column]),
                        'source': source,
                    }
                )
    return made


def labour(folder, sources):
    """Migrant workers by register, survey or estimate. `TOT` is everyone whatever the origin: the
    origin stays empty.
    """
    made = []
    for row in tables.read(folder, 'people_supplement.csv'):
        if row['method'] not in METHODS:
            raise ValueError('unknown method ' + row['method'])
        general = row['basis'] == 'general-knowledge'
        made.append(
            {
                'origin': '' if row['origin'] == 'TOT' else row['origin'],
                'place': row['country'],
                'group': 'labour',
                'year': row['year'],
                'people': tables.number(row['best']),
                'low': tables.number(row['low']),
                'high': tables.number(row['high']),
                'method': row['method'],
                'source': sources.cite('general')
                if general
                else sources.text('labour', row['source']),
            }
        )
    return made


def rows(folder, sources):
    made = stock(folder, sources) + protected(folder, sources) + labour(folder, sources)
    return sorted(
        made,
        key=lambda r: (
            r['group'],
            r['year'],
            r['origin'],
            r['place'],
            r['method'] if 'method' in r else '',
        ),
    )
