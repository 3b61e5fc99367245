// DuckDB by its npm package, in the place of its command line: SQL on standard input, CSV on standard output.
//   node duckdb.mjs FOLDER-OF-PACKAGES DATABASE               answers
//   node duckdb.mjs FOLDER-OF-PACKAGES DATABASE BOOK TABLE…   loads tables of a book
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

const [packages, database, book, ...tables] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(resolve(packages, 'x.js'))('@duckdb/node-api');
const access = { access_mode: book ? 'READ_WRITE' : 'READ_ONLY' };
const connection = await (await DuckDBInstance.create(database, access)).connect();

const types = { sales: "{amount: 'DECIMAL(18, 2)', line: 'VARCHAR'}", customers: "{customer: 'VARCHAR'}" };
for (const table of tables) {
    const options = types[table] ? `, types = ${types[table]}` : '';
    await connection.run(`CREATE TABLE ${table} AS SELECT * FROM read_csv('${book}/${table}.csv', header = true${options})`);
}

const cell = value => (value === null ? '' : /[",\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : value);
if (!book) {
    const answer = await connection.runAndReadAll(await text(process.stdin));
    console.log([answer.columnNames(), ...answer.getRows()].map(row => row.map(cell).join(',')).join('\n'));
}
