"""Outlines of countries: Natural Earth's topology, thinned and written as WKT.

Two scales: `world` (1:110 million) for a map of all, `region` (1:50 million) for a cut-out around
one country. Each arc is thinned once, so that neighbours keep one common border. What Natural
Earth draws otherwise than the gazetteer has it is moved here, by hand and in one table each: a
ring belongs to the place whose code its people have, and a border that is not agreed is a row of
its own, so that a map can dash it. A ring that crosses 180 degrees stays whole: it goes on from 180 to
-180. Antarctica, which has no people to count, is left out.
"""

import heapq
import json
import math
import os

import tables

SCALES = {
    # file, least area of a bend in square degrees, least area of a ring, decimals
    'world': ('world-110m.json', 0.22, 0.35, 1),
    'region': ('world-50m.json', 0.008, 0.004, 2),
}

NAMED = {'Kosovo': 'XKX', 'Somaliland': 'SOM', 'N. Cyprus': 'CYP', 'Siachen Glacier': 'IND'}

# Rings whose middle lies in the box belong to another place than Natural Earth has them under:
# parts with a code of their own, and Crimea (subdivision UA-43 of the gazetteer; General Assembly
# resolution 68/262).
MOVED = [
    # from, to, west, south, east, north
    ('FRA', 'GUF', -56, 1, -50, 7),
    ('FRA', 'MTQ', -61.3, 14.2, -60.6, 15),
    ('FRA', 'GLP', -62, 15.5, -60.9, 16.7),
    ('FRA', 'REU', 54, -22, 57, -20),
    ('FRA', 'MYT', 44, -14, 46, -12),
    ('NOR', 'SJM', -12, 73.5, 40, 82),
    ('NOR', 'SJM', -12, 70, -5, 72),
    ('NLD', 'BES', -70, 11, -62, 18),
    ('NZL', 'TKL', -173, -10, -171, -8),
    ('RUS', 'UKR', 32, 44, 37, 46.5),
    ('Indian Ocean Ter.', 'CXR', 105, -12, 107, -9),
    ('Indian Ocean Ter.', 'CCK', 96, -13, 98, -11),
]

# Borders that are not agreed or not settled, and where along the common border (west, south, east,
# north). The names are Natural Earth's, so that a line inside a place can be told.
WHOLE = (-180, -90, 180, 90)
DISPUTED = [
    ('MAR', 'ESH', WHOLE),
    ('SRB', 'Kosovo', WHOLE),
    ('CYP', 'N. Cyprus', WHOLE),
    ('SOM', 'Somaliland', WHOLE),
    ('UKR', 'Crimea', WHOLE),
    ('RUS', 'Crimea', WHOLE),
    ('ISR', 'PSE', WHOLE),
    ('ISR', 'SYR', WHOLE),
    ('KOR', 'PRK', WHOLE),
    ('SDN', 'SSD', WHOLE),
    ('EGY', 'SDN', (33, 21.5, 38, 24)),
    ('IND', 'PAK', (73, 32.3, 80, 38)),
    ('IND', 'Siachen Glacier', WHOLE),
    ('PAK', 'Siachen Glacier', WHOLE),
    ('CHN', 'Siachen Glacier', WHOLE),
    ('CHN', 'PAK', WHOLE),
    ('IND', 'CHN', (76, 31, 80.5, 37)),
    ('IND', 'CHN', (91, 26, 98, 30)),
]


def area(points):
    """The area of a ring in square degrees, shrunk by latitude."""
    total = 0.0
    for (x, y), (u, v) in zip(points, points[1:]):
        total += x * v - u * y
    middle = sum(y for _, y in points) / len(points)
    return abs(total) / 2 * math.cos(math.radians(min(abs(middle), 80)))


def thin(points, least):
    """Visvalingam's algorithm: the point that bends the line least goes first, until every bend
    left spans LEAST. Both ends stay; a closed line keeps four points.
    """
    count = len(points)
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))
    alive, spans, heap = [True] * count, [0.0] * count, []

    def span(i):
        return area([points[before[i]], points[i], points[after[i]], points[before[i]]])

    for i in range(1, count - 1):
        spans[i] = span(i)
        heapq.heappush(heap, (spans[i], i))
    left, keep = count, 4 if points[0] == points[-1] else 2
    while heap and left > keep:
        size, i = heapq.heappop(heap)
        if not alive[i] or size != spans[i]:
            continue
        if size >= least:
            break
        alive[i], left = False, left - 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for k in (before[i], after[i]):
            if 0 < k < count - 1:
                spans[k] = max(size, span(k))
                heapq.heappush(heap, (spans[k], k))
    return [point for point, stays in zip(points, alive) if stays]


class Topology:
    """One file of Natural Earth: thinned arcs, and the polygons of each place by Natural Earth's
    own division (`owner`) and by ours (`place`).
    """

    def __init__(self, folder, codes, name, bend, least, digits):
        with open(os.path.join(folder, name), encoding='utf-8') as stream:
            made = json.load(stream)
        (sx, sy), (tx, ty) = made['transform']['scale'], made['transform']['translate']
        self.arcs = []
        for steps in made['arcs']:
            x = y = 0
            points = []
            for dx, dy in steps:
                x, y = x + dx, y + dy
                points.append((x * sx + tx, y * sy + ty))
            island = points[0] == points[-1]
            points = thin(points, min(bend, area(points) / 40) if island else bend)
            self.arcs.append([(round(a, digits), round(b, digits)) for a, b in points])
        self.rings = []  # (owner, place, polygon as lists of arcs, points of the outer ring)
        for shape in made['objects']['countries']['geometries']:
            name = shape['properties']['name']
            owner = codes.get(shape.get('id'), name)
            polygons = [shape['arcs']] if shape['type'] == 'Polygon' else shape['arcs']
            for polygon in polygons:
                owned, place = self.place_of(owner, polygon)
                self.rings.append((owned, place, polygon))
        self.least = least

    def points(self, ring):
        line = []
        for i in ring:
            arc = self.arcs[i] if i >= 0 else self.arcs[~i][::-1]
            for point in arc:
                if not line or line[-1] != point:
                    line.append(point)
        return line

    def place_of(self, owner, polygon):
        line = self.points(polygon[0])
        xs, ys = [x for x, _ in line], [y for _, y in line]
        x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        for old, new, west, south, east, north in MOVED:
            if owner == old and west <= x <= east and south <= y <= north:
                return ('Crimea' if new == 'UKR' else new), new
        return owner, NAMED.get(owner, owner)

    def shapes(self):
        """Per place its polygons; of each place at least the largest one."""
        found = {}
        for _, place, polygon in self.rings:
            lines = [self.points(ring) for ring in polygon]
            lines = [line for line in lines if len(line) >= 4 and area(line) > 0]
            if lines:
                found.setdefault(place, []).append((area(lines[0]), lines))
        for place, polygons in found.items():
            polygons.sort(key=lambda item: (-item[0], item[1]))
            yield place, [lines for size, lines in polygons[:1] + polygons[1:]
                          if size >= self.least or lines is polygons[0][1]]

    def borders(self):
        """Pieces of the borders in DISPUTED: (place, beside or '', lines)."""
        users = {}
        for owner, _, polygon in self.rings:
            for ring in polygon:
                for i in ring:
                    users.setdefault(i if i >= 0 else ~i, set()).add(owner)
        for one, other, (west, south, east, north) in DISPUTED:
            lines = []
            for i in sorted(users):
                if users[i] != {one, other}:
                    continue
                line = []
                for x, y in self.arcs[i]:
                    if west <= x <= east and south <= y <= north:
                        line.append((x, y))
                    elif line:
                        lines.append(line)
                        line = []
                lines.append(line)
            lines = [line for line in lines if len(line) >= 2]
            places = [{'Crimea': 'UKR'}.get(name, NAMED.get(name, name)) for name in (one, other)]
            if lines:
                yield places[0], places[1] if places[1] != places[0] else '', lines


def coordinates(line):
    return '(' + ', '.join('%s %s' % (plain(x), plain(y)) for x, y in line) + ')'


def plain(value):
    text = '%g' % value
    return '0' if text == '-0' else text


def rows(folder, known, cited):
    """The rows of shapes.csv: land, then borders that are not agreed, scale by scale."""
    codes = {row['num']: row['iso3'] for row in tables.read(folder, 'countries.csv')}
    out = []
    for scale, (name, bend, least, digits) in SCALES.items():
        topology = Topology(folder, codes, name, bend, least, digits)
        for place, polygons in sorted(topology.shapes()):
            if place == 'ATA' or place not in known:
                continue
            text = ', '.join(
                '(' + ', '.join(coordinates(line) for line in lines) + ')' for lines in polygons
            )
            out.append({'place': place, 'kind': 'land', 'scale': scale,
                        'shape': 'MULTIPOLYGON (%s)' % text})
        for place, beside, lines in topology.borders():
            text = ', '.join(coordinates(line) for line in lines)
            out.append({'place': place, 'beside': beside, 'kind': 'disputed', 'scale': scale,
                        'shape': 'MULTILINESTRING (%s)' % text})
    for row in out:
        row['source'] = cited.cite('natural-earth')
    return out
