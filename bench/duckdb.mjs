// Speaks for DuckDB: node duckdb.mjs DIR. One line in, one line out.
//   ready                 -> seconds of loading
//   matrix DAY            -> seconds, cells, cells with two or more, sum, mixed sum
// The faster of two ways to count different providers is used; the first `matrix` tries both.
import { createInterface } from 'node:readline';
import { DuckDBInstance } from '@duckdb/node-api';

const dir = process.argv[2];
const database = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await database.connect();
const tables = {
  natcode: ['nat usmallint', 'code usmallint'],
  anc: ['place usmallint', 'anc usmallint'],
  scope: ['id integer', 'agreement integer', 'provider usmallint', 'code usmallint', 'place usmallint', 'service utinyint',
    'phases utinyint', 'dfrom usmallint', 'duntil usmallint', 'rank utinyint'],
};
const started = performance.now();
for (const [name, columns] of Object.entries(tables)) {
  await connection.run(`create table ${name} (${columns.join(', ')})`);
  await connection.run(`copy ${name} from '${dir}/${name}.csv' (format csv, header false)`);
}
const loaded = (performance.now() - started) / 1000;

const rows = day => `scope s join natcode n on n.code = s.code join anc a on a.anc = s.place
  where s.dfrom <= ${day} and s.duntil >= ${day} and (s.phases & 2) <> 0`;
const ways = [
  day => `select service, nat, a.place as place, count(distinct provider) as c from ${rows(day)} group by all`,
  day => `select service, nat, place, count(*) as c from
    (select distinct service, nat, a.place as place, provider from ${rows(day)}) group by all`,
];
async function matrix(way, day) {
  const begun = performance.now();
  const reader = await connection.runAndReadAll(`select count(*), sum((c > 1)::int), sum(c),
    sum(c * (((service::bigint * 249 + nat) * 5000 + place) * 2654435761 % 1048573)) from (${ways[way](day)})`);
  return [(performance.now() - begun) / 1000, ...reader.getRows()[0]];
}
let best;
for await (const line of createInterface({ input: process.stdin })) {
  const [word, day] = line.split(' ');
  if (word === 'ready') {
    console.log(loaded);
  } else if (word === 'matrix') {
    let result;
    if (best === undefined) {
      const tried = [await matrix(0, day), await matrix(1, day)];
      best = tried[1][0] < tried[0][0] ? 1 : 0;
      result = tried[best];
    } else {
      result = await matrix(best, day);
    }
    console.log(result.join(' '));
  }
}
