// DuckDB by its npm package, in the place of its command line: SQL on standard input, CSV on standard output.
//   node duckdb.mjs FOLDER-OF-PACKAGES DATABASE               answers
//   node duckdb.mjs FOLDER-OF-PACKAGES DATABASE BOOK TABLE…   loads tables of a book
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const [packages, database, book, ...tables] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(resolve(packages, 'x.js'))('@duckdb/node-api');
const access = { access_mode: book ? 'READ_WRITE' : 'READ_ONLY' };
const connection = await (await DuckDBInstance.create(database, access)).connect();

const types = {
    sales: "{amount: 'DECIMAL(18, 2)', line: 'VARCHAR', state: 'VARCHAR', number: 'VARCHAR'}",
    customers: "{customer: 'VARCHAR'}",
    people: "{hired: 'DATE', level: 'BIGINT'}",
};
for (const table of tables) {
    const file = `${book}/${table}.csv`;
    const head = readFileSync(file, 'utf8').split('\n', 1)[0].split(',');
    const known = (types[table] ?? '{}').slice(1, -1).split(/, (?=[a-z])/).filter(t => head.includes(t.split(':')[0]));
    const options = known.length ? `, types = {${known.join(', ')}}` : '';
    await connection.run(`CREATE TABLE ${table} AS SELECT * FROM read_csv('${file}', header = true, quote = '"', escape = '"'${options})`);
}

const cell = value => (value === null ? '' : /[",\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : value);
if (!book) {
    const answer = await connection.runAndReadAll(await text(process.stdin));
    console.log([answer.columnNames(), ...answer.getRows()].map(row => row.map(cell).join(',')).join('\n'));
}
