"""Reading and writing tables, and the small text and date helpers that every part of the
conversion shares.

Everything the conversion writes goes through write(): UTF-8, LF, a header line, RFC 4180
quoting only where needed, rows in the order given. Sorting is the caller's business, so that
two runs give the same bytes.
"""

import calendar
import csv
import datetime
import gzip
import io
import os
import re
import unicodedata

# Letters that Unicode does not split into a base letter and an accent.
PLAIN = str.maketrans(
    {
        'ø': 'o',
        'Ø': 'O',
        'ł': 'l',
        'Ł': 'L',
        'đ': 'd',
        'Đ': 'D',
        'ı': 'i',
        'ß': 'ss',
        'æ': 'ae',
        'Æ': 'Ae',
        'œ': 'oe',
        'ə': 'a',
        'Ə': 'A',
        'ð': 'd',
        'þ': 'th',
        '’': "'",
        '‘': "'",
        'ʻ': "'",
    }
)


def read(folder, name):
    """All rows of the CSV file NAME (or NAME.gz) in FOLDER as dictionaries."""
    path = os.path.join(folder, name)
    if name.endswith('.gz'):
        with gzip.open(path, 'rt', encoding='utf-8', newline='') as stream:
            return list(csv.DictReader(stream))
    with open(path, encoding='utf-8', newline='') as stream:
        return list(csv.DictReader(stream))


def write(folder, name, columns, rows):
    """Writes ROWS (dictionaries; a missing key is an empty cell) and refuses a key that is no
    column.
    """
    text = io.StringIO()
    out = csv.writer(text, lineterminator='\n')
    out.writerow(columns)
    for row in rows:
        strange = set(row) - set(columns)
        if strange:
            raise ValueError('%s: unknown columns %s' % (name, sorted(strange)))
        out.writerow(
            [unicodedata.normalize('NFC', str(row.get(column, '') or '')) for column in columns]
        )
    with open(os.path.join(folder, name), 'w', encoding='utf-8', newline='') as stream:
        stream.write(text.getvalue())


def number(value):
    """A count as it is to be written: zero must not turn into an empty cell."""
    return str(int(value))


def slug(text):
    """Lower-case ASCII with hyphens: the form of every id made from a name."""
    flat = unicodedata.normalize('NFKD', text.translate(PLAIN))
    flat = ''.join(c for c in flat if not unicodedata.combining(c)).lower().replace("'", '')
    return re.sub(r'[^a-z0-9]+', '-', flat).strip('-')


def first_day(date):
    """A date as precise as its source (2012, 2012-05, 2012-05-29) as its first day; empty stays
    empty.
    """
    return date + {0: '', 4: '-01-01', 7: '-01', 10: ''}[len(date)]


def last_day(date):
    """The same as its last day."""
    if len(date) == 4:
        return date + '-12-31'
    if len(date) == 7:
        year, month = int(date[:4]), int(date[5:])
        return '%s-%02d' % (date, calendar.monthrange(year, month)[1])
    return date


def day_before(date):
    return (datetime.date.fromisoformat(date) - datetime.timedelta(days=1)).isoformat()


def day_after(date):
    return (datetime.date.fromisoformat(date) + datetime.timedelta(days=1)).isoformat()


def months_from(date, months):
    """DATE moved by so many months; the end of a month clamps."""
    day = datetime.date.fromisoformat(date)
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    month += 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1])).isoformat()
