/* Every diagnostic a line: id, severity, code, message, remedy. {value} is the offending value, {1}
 * {2} {3} what else is named, {1:row|rows} the word that goes with it. A new one needs a case in
 * tests/bad/. Sorted by module. */
#define DIAGNOSTICS(X)                                                                             \
    /* base */                                                                                     \
    X(FILE_READ, ERROR, "file-read", "cannot read {value}: {1}", "check the path and its rights")  \
    X(FILE_WRITE, ERROR, "file-write", "cannot write {value}: {1}",                                \
      "check that the folder exists, is writable and has room")                                    \
    X(TARGET_FOREIGN, ERROR, "target",                                                             \
      "a build would remove what is in {value}, and has not made it: {1}",                         \
      "name another folder with --site and --output, or move this away")                           \
    X(TARGETS_NESTED, ERROR, "target",                                                             \
      "{value} and {1} are one folder, or one lies in the other: each is replaced whole",          \
      "name two folders beside each other with --site and --output")                               \
    X(LOCK_HELD, ERROR, "lock-held", "another build is writing {value}",                           \
      "wait until it has ended, or name another folder with --site and --output")                  \
    X(LOCK_FAILED, ERROR, "lock", "{value} cannot be locked: {1}",                                 \
      "put it on a disk whose file system knows locks; some network drives do not")                \
    X(CHILD_START, ERROR, "child-start", "cannot start {value}: {1}",                              \
      "install the program; `make` names the packages")                                            \
    /* data: YAML */                                                                               \
    X(YAML_SYNTAX, ERROR, "yaml", "this is no YAML: {value}",                                      \
      "look at indentation, quotes and colons here and in the line before")                        \
    X(YAML_UTF8, ERROR, "yaml", "this line is not UTF-8", "save the file as UTF-8")                \
    X(YAML_KEY, ERROR, "yaml", "a key must be a plain word", "write `word: value`")                \
    X(YAML_KEY_TWICE, ERROR, "yaml", "{value} stands twice", "keep one of the two")                \
    X(YAML_KEY_UNKNOWN, ERROR, "yaml-key", "there is nothing called {value} here", "{1}")          \
    X(YAML_ANCHOR, ERROR, "yaml", "anchors, aliases and tags (& * !) are not read",                \
      "write the value out, or put a text that begins so in quotes")                               \
    X(YAML_SECOND, ERROR, "yaml", "a second document begins here", "remove the line ---")          \
    X(YAML_DEEP, ERROR, "yaml", "more than 100 lists or maps stand one in the other here",         \
      "look for brackets that are not closed")                                                     \
    X(YAML_BOOL, ERROR, "yaml", "{1}: {value} is neither yes nor no", "write yes or no")           \
    X(YAML_INTEGER, ERROR, "yaml", "{1}: {value} is not a whole number", "write a number like 12") \
    /* data: tables.yaml */                                                                        \
    X(SCHEMA_NAME, ERROR, "schema", "{value} cannot be a name",                                    \
      "begin with a lower case letter, then lower case letters, digits and _")                     \
    X(SCHEMA_KIND, ERROR, "schema", "{value} must be {1}", "write {1}")                            \
    X(SCHEMA_TYPE, ERROR, "schema", "there is no type {value}", "{1}")                             \
    X(SCHEMA_VALUE, ERROR, "schema", "{1}: {value} is not {2}", "write {2}")                       \
    X(SCHEMA_PATTERN, ERROR, "schema", "{value} is no pattern: {1}",                               \
      "write a POSIX extended regular expression in quotes")                                       \
    X(SCHEMA_COLUMN, ERROR, "schema", "table {1} has no column {value}", "{2}")                    \
    X(SCHEMA_TABLE, ERROR, "schema", "there is no table {value}", "{1}")                           \
    X(SCHEMA_FACT, ERROR, "schema", "{value} is not a date",                                       \
      "name a column of type date or datetime")                                                    \
    X(SCHEMA_EMPTY, ERROR, "schema", "table {value} has no fields",                                \
      "list its columns in `fields:`")                                                             \
    X(SCHEMA_IDLE, ERROR, "schema", "{value} does nothing {1}",                                    \
      "leave it out, or say what it needs")                                                        \
    X(SCHEMA_TWICE, ERROR, "schema", "{1} {value} is described already, in {2}",                   \
      "keep one of the two, or make them say the same")                                            \
    X(SCHEMA_REFERENCE, ERROR, "schema", "{value} has no primary key of one column to refer to",   \
      "give it one, or remove the reference")                                                      \
    X(SCHEMA_UNBOUNDED, ERROR, "schema", "{value} may hold any number of rows",                    \
      "bound it by `last: 20` or `since: month(-1)`")                                              \
    X(SCHEMA_FUNCTION, ERROR, "schema", "{value} is no function of a date", "{1}")                 \
    X(SCHEMA_FOLLOW, ERROR, "schema", "column {value} of {1} refers to no table",                  \
      "give it one in `foreignKeys:`, or name a column of {1}")                                    \
    X(SCHEMA_KEY, ERROR, "schema", "{value} is no key of a rollup",                                \
      "write a column, month(date), customer.region, or two of them with `or` between")            \
    X(SCHEMA_SINCE, ERROR, "schema", "{value} is bounded by time, but {1} has no `fact:` date",    \
      "give table {1} a `fact:` column")                                                           \
    X(SCHEMA_DATED, ERROR, "schema",                                                               \
      "{value} asks for `{1}:`, but {2} has no `fact:` date that tells which row that is",         \
      "give table {2} a `fact:` column, or ask for `min:` or `max:`")                              \
    X(SCHEMA_WHERE, ERROR, "schema", "{value} is no condition",                                    \
      "write a column, one of = != < <= > >=, and a value: `where: amount > 0`")                   \
    X(SCHEMA_UNORDERED, ERROR, "schema", "{value} of {1} holds texts, which have no order",        \
      "compare it by = or !=")                                                                     \
    /* data: files. A row that is set aside is a warning: the rest is built; see data.h */         \
    X(ENCODING_GUESSED, WARNING, "encoding",                                                       \
      "this is not UTF-8; it looks like {value} and was read so",                                  \
      "say `encoding: {value}` for this table in book.yaml if that is right, or save it as "       \
      "UTF-8")                                                                                     \
    X(ENCODING_NONE, ERROR, "encoding", "this is not UTF-8, and looks like no encoding we know",   \
      "say `encoding:` for this table in book.yaml, or save the file as UTF-8")                    \
    X(FILE_WORKBOOK, ERROR, "workbook", "this is a workbook, not CSV",                             \
      "in the spreadsheet, save its sheet as CSV (UTF-8), a file a sheet, and take that")          \
    X(ENCODING_UNKNOWN, ERROR, "encoding", "there is no encoding {value}",                         \
      "write a name that `iconv --list` knows: GB18030, windows-1252, UTF-16")                     \
    X(ENCODING_WRONG, ERROR, "encoding",                                                           \
      "this is not {1}, as book.yaml says; it looks like {value}",                                 \
      "say `encoding: {value}` for this table in book.yaml, or leave `encoding:` out")             \
    X(ENCODING_DOUBT, WARNING, "encoding",                                                         \
      "this was read as {1}, as book.yaml says, but it looks like {value}",                        \
      "say `encoding: {value}` for this table in book.yaml if names look wrong")                   \
    X(HEAD_MISSING, ERROR, "csv", "this file is empty: it has no head",                            \
      "write the names of the columns into its first line, or remove the file")                    \
    X(HEAD_BEYOND, ERROR, "csv",                                                                   \
      "this file ends before line {value}, where book.yaml says its head is",                      \
      "mend `head:` of this table in book.yaml, or export the file again")                         \
    X(HEAD_BROKEN, ERROR, "csv", "the head of this file cannot be read",                           \
      "mend its first line, which names the columns")                                              \
    X(HEAD_AGAIN, WARNING, "head-again", "the head stands here once more",                         \
      "remove the line; where files are put together, only the first keeps its head")              \
    X(COLUMN_NAMELESS, WARNING, "column-unknown",                                                  \
      "column {1} has no name in the head; what stands in it is not read, first {value}",          \
      "name the column, or empty it")                                                              \
    X(CSV_QUOTE, WARNING, "csv-quote", "a quote stands inside a cell",                             \
      "put the whole cell in quotes and write each quote in it twice")                             \
    X(CSV_QUOTE_OPEN, WARNING, "csv-quote",                                                        \
      "a quote opens in this row and does not close as it should",                                 \
      "close the quote, or write quotes inside a cell twice")                                      \
    X(CSV_BETWEEN, WARNING, "csv-quote",                                                           \
      "this line stands between a broken row and the next whole one", "mend the row before it")    \
    X(CSV_FIELD, WARNING, "csv-long", "a cell of this row is longer than 1 MiB",                   \
      "look for a quote that is never closed")                                                     \
    X(CSV_NUL, WARNING, "csv-nul", "this row holds a NUL byte", "export the file again as text")   \
    X(CSV_UTF8, WARNING, "encoding", "this row holds bytes that are not {value}",                  \
      "save the file in one encoding")                                                             \
    X(ROW_WIDTH, WARNING, "row-width", "this row has {value} cells, the head has {1}",             \
      "look for a missing or an additional delimiter, or a text that wants quotes")                \
    X(COLUMN_NEAR, WARNING, "column-unknown", "table {1} has no column {value}; it is not read",   \
      "did you mean {2}? then rename it, or say so under `columns:` in book.yaml")                 \
    X(COLUMN_UNKNOWN, WARNING, "column-unknown",                                                   \
      "table {1} has no column {value}; it is not read",                                           \
      "remove it, or say in book.yaml which column it is")                                         \
    X(COLUMN_TWICE, ERROR, "column-twice", "column {value} stands twice", "keep one of the two")   \
    X(COLUMN_OTHER, WARNING, "column-unknown",                                                     \
      "column {value} is not read: book.yaml says that {1} is this column",                        \
      "leave it so, or mend `columns:` in book.yaml")                                              \
    X(COLUMN_MISSING, ERROR, "column-missing", "table {1} needs a column {value}",                 \
      "name it so in the head, or say in book.yaml which column it is ({2})")                      \
    X(CELL_REQUIRED, WARNING, "required", "{1} is empty", "fill it in")                            \
    X(CELL_TYPE, WARNING, "type", "{1}: {value} is not {2}", "write {2}{3}")                       \
    X(CELL_CURRENCY, WARNING, "currency", "{1}: {value} is in {2}, this book counts in {3}",       \
      "convert it, or say `currency: {2}` in book.yaml if the whole book is in {2}")               \
    X(CELL_OVERFLOW, WARNING, "too-large", "{1}: {value} is larger than can be counted",           \
      "check the number")                                                                          \
    X(CELL_ENUM, WARNING, "enum", "{1}: {value} is none of the allowed words", "{2}")              \
    X(CELL_PATTERN, WARNING, "pattern", "{1}: {value} does not have the form {2}",                 \
      "mend the value, or the pattern in tables.yaml")                                             \
    X(CELL_SMALL, WARNING, "minimum", "{1}: {value} is less than {2}",                             \
      "mend the value, or `minimum:` in tables.yaml")                                              \
    X(CELL_LARGE, WARNING, "maximum", "{1}: {value} is more than {2}",                             \
      "mend the value, or `maximum:` in tables.yaml")                                              \
    X(MONEY_ROUNDED, WARNING, "rounded",                                                           \
      "{1} {1:amount has|amounts have} more than {2} {2:decimal|decimals} and {1:was|were} "       \
      "rounded, the first is {value}",                                                             \
      "give amounts in the currency's smallest unit, or set `money_decimals:` in book.yaml")       \
    X(ROW_KEY_TWICE, WARNING, "row-key-twice", "{1}: {value} stands in {2} already",               \
      "give each row its own key, or remove one of the two")                                       \
    X(UNIQUE_TWICE, WARNING, "unique", "{1}: {value} stands in {2} already",                       \
      "give each row its own value")                                                               \
    X(ROW_TWICE, WARNING, "double", "the same row stands in {1} already",                          \
      "let the files not overlap, or give the table its primary key")                              \
    X(REFERENCE, WARNING, "reference", "{1}: {value} is not in {2}",                               \
      "add it to {2}, or mend it here")                                                            \
    X(REFERENCE_NEAR, WARNING, "reference", "{1}: {value} is not in {2}",                          \
      "did you mean {3}? else add it to {2}")                                                      \
    X(DATE_FAR, WARNING, "date-far", "{1}: {value} is {2} days after every other date",            \
      "mend the date; if it is right, say `as_of: {value}` in book.yaml")                          \
    X(DATE_NONE, WARNING, "date-none",                                                             \
      "nothing here happened on a day, so it is not known as of which day {value} is to be seen",  \
      "say the day in book.yaml: `as_of: 2026-10-31`")                                             \
    X(ASIDE_SOME, NOTE, "aside",                                                                   \
      "{value} of {1} {1:row|rows} of {2} {value:is|are} set aside, the others are used",          \
      "mend the rows listed here")                                                                 \
    X(ASIDE_MANY, WARNING, "aside",                                                                \
      "{value} of {1} {1:row|rows} of {2} {value:is|are} set aside: more than warn_if allows",     \
      "mend the rows listed here")                                                                 \
    X(ASIDE_TOO_MANY, ERROR, "aside",                                                              \
      "{value} of {1} {1:row|rows} of {2} {value:is|are} set aside: more than error_if allows, "   \
      "nothing is built",                                                                          \
      "mend the rows listed here, or allow as many by `error_if: {value}` for {2} in `tables:` "   \
      "of book.yaml")                                                                              \
    X(TABLE_MADE, NOTE, "made",                                                                    \
      "{value} is not in this book: made with {1} {1:row|rows} from what refers to it",            \
      "add {value}.csv for names and more")                                                        \
    X(CSV_UNCLAIMED, WARNING, "file-unknown", "{value} is no table of any system; it is not read", \
      "{1}")                                                                                       \
    X(SYSTEM_FILE, WARNING, "file-unknown", "{value} is no file of a system; it is not read",      \
      "call it tables.yaml or model.sql, or move it away")                                         \
    X(FILE_UNREAD, WARNING, "file-unknown", "{value} is not read", "{1}")                          \
    X(TABLES_NONE, ERROR, "no-table", "there is no table in this folder: {1}",                     \
      "put one there under the name of its table ({2}), or begin a book from an export by "        \
      "`salesbook new BOOK --from=export.csv`")                                                    \
    /* data: engines. What one says is no row that could be set aside: a mistake stops the build   \
     */                                                                                            \
    X(ENGINE_COMMAND, ERROR, "engine", "engine {value} names no program",                          \
      "say what to run: `command: [psql, --csv, --quiet, sales]`")                                 \
    X(ENGINE_FOR, ERROR, "engine", "engine {1} is for {value}, which is no table and no rollup",   \
      "{2}")                                                                                       \
    X(ENGINE_TWICE, ERROR, "engine", "{value} is asked of two engines, {1} and {2}",               \
      "leave it with one of them")                                                                 \
    X(ENGINE_QUERY, ERROR, "engine",                                                               \
      "engine {value} has one `query:`, but is for {1} tables and rollups",                        \
      "give each that has a query an entry of its own")                                            \
    X(ENGINE_QUERY_PATH, ERROR, "engine", "{value} is no file below the book",                     \
      "write its path from the book's folder, without ..")                                         \
    X(ENGINE_FILES, WARNING, "engine", "{value} is not read: engine {1} has table {2}",            \
      "move the file away, or take {2} out of `engines:`")                                         \
    X(ENGINE_CANNOT, ERROR, "engine", "engine {1} cannot be asked for {value}: {2}", "{3}")        \
    X(ENGINE_START, ERROR, "engine-start", "cannot start {value} to ask engine {1}: {2}",          \
      "install the program, or mend `command:` of {1} in book.yaml")                               \
    X(ENGINE_SLOW, ERROR, "engine-slow",                                                           \
      "engine {1} gave no answer for {value} in {2} s and was stopped",                            \
      "look what it waits for, a password perhaps, or allow more by `timeout:`")                   \
    X(ENGINE_LARGE, ERROR, "engine",                                                               \
      "the answer of engine {1} for {value} is larger than {2} MiB",                               \
      "ask for less: a table that large is `big: yes` and comes as its rollups")                   \
    X(ENGINE_FAILED, ERROR, "engine", "engine {1} failed when asked for {2}, status {3}: {value}", \
      "mend what it complains of: tables and columns are asked for by their names in "             \
      "tables.yaml, "                                                                              \
      "unless a `query:` says otherwise")                                                          \
    X(ENGINE_SAID, WARNING, "engine", "engine {1} answered for {2}, but said: {value}",            \
      "see to what it says")                                                                       \
    X(ENGINE_EMPTY, ERROR, "engine-answer",                                                        \
      "engine {1} gave nothing for {value}, not even a head",                                      \
      "let it write CSV with names: psql --csv, clickhouse-client --format CSVWithNames, duckdb "  \
      "-csv")                                                                                      \
    X(ENGINE_CSV, ERROR, "engine-answer", "what engine {value} says of {1} is no CSV here",        \
      "let it write commas between cells and quotes around texts")                                 \
    X(ENGINE_WIDTH, ERROR, "engine-answer", "this row has {value} cells, the head has {1}",        \
      "let the engine write CSV with its texts in quotes")                                         \
    X(ENGINE_COLUMN, ERROR, "engine-answer",                                                       \
      "engine {1} gives {2} a column {value}, which it has not", "{3}")                            \
    X(ENGINE_COLUMN_TWICE, ERROR, "engine-answer", "engine {1} gives column {value} twice",        \
      "give each column one name in `query:`")                                                     \
    X(ENGINE_COLUMN_MISSING, ERROR, "engine-answer",                                               \
      "the answer of engine {1} for {2} has no column {value}",                                    \
      "give it that name in `query:`, or look whether the program writes a head")                  \
    X(ENGINE_CELL, ERROR, "engine-answer", "{1}: {value} is not {2}",                              \
      "let engine {3} give {2}, by a cast in a view or in its `query:`")                           \
    X(ENGINE_CELL_TWICE, ERROR, "engine-answer",                                                   \
      "a cell of {2} comes twice from engine {1}, first on line {3}: {value}",                     \
      "GROUP BY the keys of {2}, by no other column")                                              \
    X(ENGINE_ROUNDED, WARNING, "rounded",                                                          \
      "{1} {1:sum|sums} of engine {2} {1:has|have} more than {3} {3:decimal|decimals} and "        \
      "{1:was|were} rounded, the first is {value}",                                                \
      "keep amounts as decimals there, or set `money_decimals:` in book.yaml")                     \
    X(ENGINE_REFERENCE, WARNING, "reference",                                                      \
      "{1}: {value} is not in {3} ({2} such {2:value|values}); {2:its|their} sums count "          \
      "all the same",                                                                              \
      "add them to {3}")                                                                           \
    X(ALIAS_TABLE, ERROR, "alias", "{value} is no table whose rows have one text as their key",    \
      "{1}")                                                                                       \
    X(ALIAS_CIRCLE, ERROR, "alias", "{value} leads back to itself",                                \
      "let each old key lead to one that is in use")                                               \
    X(ALIAS_UNKNOWN, WARNING, "alias", "{value}, which stands for {2}, is not in {1}",             \
      "add it to {1}")                                                                             \
    X(ALIAS_STANDS, WARNING, "alias", "{value} still stands in {1}, though {2} stands for it",     \
      "remove its row from {1}, or this one")                                                      \
    X(MAPPING_TABLE, ERROR, "mapping", "there is no table {value}", "{1}")                         \
    X(MAPPING_COLUMN, ERROR, "mapping", "table {1} has no column {value}", "{2}")                  \
    X(MAPPING_HEAD, WARNING, "mapping",                                                            \
      "no column here is called {value}, as which book.yaml reads {1}: {2}",                       \
      "mend `columns:` of this table in book.yaml, or the head")                                   \
    X(MAPPING_DATES, ERROR, "mapping", "{value} is no form of a date",                             \
      "write it with %Y or %y, %m and %d, and %H %M %S where there are times: \"%d/%m/%Y\"")       \
    X(MAPPING_PATH, ERROR, "mapping", "{value} is no file below the book",                         \
      "write its path from the book's folder, without ..")                                         \
    X(YAML_COMMA, ERROR, "yaml-key", "{value} is read as a key of its own",                        \
      "put a text that holds a comma or ': ' in quotes")                                           \
    X(MAPPING_FILE, ERROR, "mapping", "no file of the book is called {value}",                     \
      "check `file:` of table {1} in book.yaml")                                                   \
    /* draw */                                                                                     \
    X(SVG_SYNTAX, ERROR, "svg", "the drawing is no SVG: {value}",                                  \
      "look at the script of its kind in templates/charts")                                        \
    X(SVG_UNKNOWN, ERROR, "svg", "the drawing holds the {1} {value}, which is not read", "{2}")    \
    X(CHART_KIND, ERROR, "chart-kind", "there is no chart {value}", "{1}")                         \
    X(CHART_FAILED, ERROR, "chart", "gnuplot could not draw chart {1}: {value}",                   \
      "look at its script in templates/charts, and at the query's columns")                        \
    X(CHART_LARGE, ERROR, "chart", "{value} points are too many for one chart",                    \
      "let the query give fewer rows")                                                             \
    X(LAYOUT_LINE, ERROR, "chart-layout", "the chart kind has no line `# layout:`",                \
      "write one, for example `# layout: columns zero`")                                           \
    X(LAYOUT_WORD, ERROR, "chart-layout", "{value} is no word of a layout", "{1}")                 \
    X(GRAPH_FAILED, ERROR, "graph", "Graphviz could not draw the graph: {value}",                  \
      "look at the nodes and edges that the query gives")                                          \
    X(GRAPH_NODE, ERROR, "graph", "an edge leads to {value}, and there is no such node",           \
      "let the query give a row for it, or leave the edge out")                                    \
    /* render: pdf */                                                                              \
    X(FONT_MISSING, ERROR, "font-missing", "the font {value} is not installed",                    \
      "install the package {1}")                                                                   \
    X(GLYPH_MISSING, WARNING, "glyph-missing",                                                     \
      "no font has the character {value}; a box stands for it", "write it with other letters")     \
    X(PDF_WRITE, ERROR, "pdf-write", "the report {value} could not be written: {1}",               \
      "report this with the book that shows it")                                                   \
    /* render: the site */                                                                         \
    X(THEME_FILE, ERROR, "theme-file", "the theme lacks {value}",                                  \
      "put it into templates/theme or the book's theme/")                                          \
    X(THEME_SLOT, ERROR, "theme-slot", "the layout has no slot called {value}",                    \
      "write {1} between the braces, or take them away")                                           \
    /* query */                                                                                    \
    X(QUERY_START, ERROR, "query-start", "{value} cannot open a database in memory",               \
      "give the machine more memory")                                                              \
    X(QUERY_LOAD, ERROR, "query-load", "table {value} cannot be loaded: {1}",                      \
      "report this with the table that shows it")                                                  \
    X(QUERY_NOT_SELECT, ERROR, "query-select", "a query is one SELECT; here stands {value}",       \
      "write SELECT … or WITH … SELECT …")                                                         \
    X(QUERY_NATURAL, ERROR, "query-natural", "{value} joins by whatever columns are called alike", \
      "write JOIN … USING (column) or JOIN … ON …")                                                \
    X(QUERY_BROKEN, ERROR, "query-broken", "{value}", "{1}")                                       \
    X(QUERY_DIVISION, ERROR, "query-division",                                                     \
      "{value} divides whole numbers and would lose the fraction",                                 \
      "write ratio(a, b), or 1.0 * before it")                                                     \
    X(QUERY_PARAMETER, ERROR, "query-parameter", "{value} has no value here", "{1}")               \
    X(QUERY_RESTRICTED, ERROR, "query-restricted", "{value} is for {1} only",                      \
      "write `audience: {1}` for this block or page, or ask a table that all may see")             \
    X(QUERY_UNWANTED, ERROR, "query-unwanted",                                                     \
      "{value} was made without rows, for nothing that was looked at asks for it",                 \
      "this is a fault of salesbook: report it")                                                   \
    X(QUERY_BIG, ERROR, "query-big", "the rows of {value} are not read by pages and models",       \
      "read a rollup of it{1}, or declare one in tables.yaml (`of: {value}`)")                     \
    X(QUERY_FUNCTION, ERROR, "query-function", "{value}() may not be called here", "{1}")          \
    X(QUERY_DENIED, ERROR, "query-denied", "a query may not touch {value}",                        \
      "read tables and views of the templates only")                                               \
    X(QUERY_SLOW, ERROR, "query-slow", "the query was stopped after {value} seconds",              \
      "let a view of model.sql do the work once, or read a narrower rollup")                       \
    X(QUERY_ROWS, ERROR, "query-rows", "the query gives more than {value} rows",                   \
      "group them, or say LIMIT")                                                                  \
    X(QUERY_BYTES, ERROR, "query-rows", "the query gives more than {value} MB of text",            \
      "group its rows, or leave the long texts out")                                               \
    X(QUERY_MONEY, WARNING, "query-money",                                                         \
      "column {value} is reckoned from money, but nothing says what it is",                        \
      "give {value} a type in `columns:` of tables.yaml (money, rate, number …)")                  \
    X(ROLLUP_LARGE, WARNING, "rollup-large", "rollup {value} has {1} cells: {2}",                  \
      "leave a key out, or bound it with since:")                                                  \
    X(MODEL_STATEMENT, ERROR, "model-statement",                                                   \
      "a model holds CREATE VIEW only; here stands {value}",                                       \
      "write CREATE VIEW name AS SELECT …;")                                                       \
    X(MODEL_TWICE, ERROR, "model-twice", "{value} is the name of {1} already",                     \
      "call one of them otherwise")                                                                \
    X(MODEL_NAMES, ERROR, "model-names",                                                           \
      "view {value} names another number of columns than it selects",                              \
      "leave the list of names out, or name each column")                                          \
    X(MODEL_CYCLE, ERROR, "model-cycle", "views read each other in a circle: {value}",             \
      "let one of them read tables; a view that reads measures is called …_scores")                \
    X(MODEL_NAME, WARNING, "model-name", "view {value} is not read as one of system {1}",          \
      "call it {2}, if it is to join those of the other systems")                                  \
    X(MODEL_COLUMN, ERROR, "model-column", "view {value} lacks the column {1}",                    \
      "give it the columns {2}")                                                                   \
    X(CHECK_ERROR, ERROR, "check", "{value}", "{1}")                                               \
    X(CHECK_WARNING, WARNING, "check", "{value}", "{1}")                                           \
    X(CHECK_PLACE, ERROR, "check", "view {value} names no row: table {1}, row {2}",                \
      "give the table's name as tbl and its _row as row")                                          \
    /* doc */                                                                                      \
    X(PAGE_UTF8, ERROR, "page-encoding", "the text is no UTF-8 from byte {value} on",              \
      "save the file as UTF-8")                                                                    \
    X(FRONT_END, ERROR, "front-matter", "the front matter has no end", "close it with a line ---") \
    X(FRONT_FORM, ERROR, "front-matter", "the front matter is no map",                             \
      "write lines like `title: Revenue`")                                                         \
    X(FRONT_ROLE, ERROR, "front-matter", "{1} has no use for {value}", "{2}")                      \
    X(TOO_DEEP, ERROR, "too-deep", "quotes and lists are nested too deep", "write it flatter")     \
    X(IMAGE, WARNING, "image", "the picture {value} is not shown",                                 \
      "draw a chart, or write a link")                                                             \
    X(BLOCK_KIND, ERROR, "block-kind", "there is no block {value}", "{1}")                         \
    X(BLOCK_WORD_MISSING, ERROR, "block-kind", "which {value}?",                                   \
      "write its kind behind the word: chart bars, graph flow")                                    \
    X(BLOCK_WORD, ERROR, "block-kind", "block {1} takes no word, {value} stands behind it",        \
      "leave {value} out")                                                                         \
    X(BLOCK_OPEN, ERROR, "block-open",                                                             \
      "block {value} is not closed: all below it is taken for its own",                            \
      "write a line of ``` below its query")                                                       \
    X(BLOCK_QUERY, ERROR, "block-query", "block {value} has no query",                             \
      "write a line --- below the options, and a SELECT below it")                                 \
    X(BLOCK_NO_QUERY, ERROR, "block-query", "block {value} takes no query", "leave it out")        \
    X(OPTIONS_FORM, ERROR, "options", "the options of block {value} are no map",                   \
      "write lines like `title: Revenue`, then a line ---, then the query")                        \
    X(OPTION_UNKNOWN, ERROR, "option", "block {1} has no option {value}", "{2}")                   \
    X(OPTION_VALUE, ERROR, "option", "{1}: {value} is not {2}", "write {2}")                       \
    X(OPTION_TEXT, ERROR, "option", "{value} is not a text",                                       \
      "put a text with braces or a colon in quotes")                                               \
    X(OPTION_WORD, ERROR, "option", "{1} cannot be {value}", "{2}")                                \
    X(OPTION_COLUMN, ERROR, "column", "{1}: the query has no column {value}", "{2}")               \
    X(COLUMN_HIDDEN, WARNING, "column", "{1}: column {value} is not shown",                        \
      "take it out of {1}, or let it be seen")                                                     \
    X(COLUMN_TEXTS, WARNING, "column", "{1}: column {value} has no number",                        \
      "take it out of {1}, or name a column of numbers")                                           \
    X(COLUMN_NO_SERIES, WARNING, "column", "{1}: column {value} has numbers, and no series",       \
      "make the column with series(key, value)")                                                   \
    X(COLUMN_UNREAD, WARNING, "column", "block {1} does not read column {value}",                  \
      "did you mean {2}?")                                                                         \
    X(FORMAT_IDLE, WARNING, "column", "no column of this block can be written as {value}",         \
      "leave `format` out, or give one that suits")                                                \
    X(OPTION_MISSING, ERROR, "option", "block {1} needs the option {value}", "write {value}: …")   \
    X(PLACEHOLDER, ERROR, "placeholder", "this page has no {value} to put here", "{1}")            \
    X(INLINE_VALUE, ERROR, "inline-value", "the query gives {value}, not one value",               \
      "select one column of at most one row, or also the columns page and key")                    \
    X(LINK_SCHEME, ERROR, "link-scheme", "no link is made to {value}",                             \
      "link to a page of the book, to https: or to mailto:")                                       \
    X(LINK_UNSAFE, WARNING, "link-scheme", "no link is made to {value}, which the data hold",      \
      "give the column addresses from link(), or https:")                                          \
    X(LINK_PAGE, ERROR, "dead-link", "there is no page {value}", "{1}")                            \
    X(LINK_MANY, ERROR, "dead-link", "{value} is many pages",                                      \
      "name one: {value}?{1}=…, or use link() in a query")                                         \
    X(LINK_ONE, ERROR, "dead-link", "{value} is one page, it has no ?{1}",                         \
      "leave out what stands behind it")                                                           \
    X(LINK_KEY, ERROR, "dead-link", "{1} has no page for {value}",                                 \
      "check the key, and the audience that may see it")                                           \
    X(LINK_ANCHOR, ERROR, "dead-link", "nothing on this page is called {value}", "{1}")            \
    X(KEY_TWICE, ERROR, "key-twice", "two pages of kind {1} have the key {value}",                 \
      "let `each` give every key once")                                                            \
    X(KEY_MISSING, ERROR, "key-missing", "a row of `each` has no key in {value}",                  \
      "leave such rows out: WHERE {value} IS NOT NULL")                                            \
    X(ADDRESS_TWICE, ERROR, "address-twice", "two templates make the page {value}: this and {1}",  \
      "rename one, or give one another slug")                                                      \
    X(OWN_PAGE, ERROR, "own", "only a report with `each` can be one person's own",                 \
      "move it to reports/ and give it an `each` with the column {value}, or leave `own` out")     \
    X(OWN_COLUMN, ERROR, "own", "`own` names {value}, which is no column of `each`", "{1}")        \
    X(OWN_MISSING, ERROR, "own", "a row of `each` has no {value}: whose report is it?",            \
      "leave such rows out: WHERE {value} IS NOT NULL")                                            \
    X(FOLDER_PAGE, ERROR, "folder", "only a report of everybody's can lie in a folder of its own", \
      "move it to reports/, or leave `folder` out; what is a person's `own` lies in private/")     \
    X(FOLDER_NAME, ERROR, "folder", "a report cannot lie in the folder {value}", "{1}")            \
    X(FILLABLE_PAGE, ERROR, "fillable", "only a report can be filled in on a screen",              \
      "move it to reports/, or leave `fillable` out")                                              \
    X(MAIL_PAGE, ERROR, "mail-page", "only a report can be mailed, {value} is a page",             \
      "move it to reports/, or leave `mail` out")                                                  \
    X(PART_FOR, ERROR, "part", "this part names no report", "write for: [monthly]")                \
    X(PART_OF_NOTHING, WARNING, "part", "this is a part of {value}, which is not there", "{1}")    \
    X(PAGE_SYSTEM, ERROR, "page-system", "there is no system {value}", "{1}")                      \
    X(PAGE_LISTED, ERROR, "page-listed", "there is no page {value} to list this one", "{1}")       \
    X(PART_SYSTEM, ERROR, "page-system", "only a page or report goes with a system that it names", \
      "leave `system` out: a part goes with its folder's")                                         \
    X(REPORT_LEFT_OUT, NOTE, "left-out", "report {value} goes with {1}, which the book lacks",     \
      "it is left out")                                                                            \
    X(ABSENT_SYSTEM, NOTE, "left-out", "this block reads tables of {value}, which the book lacks", \
      "it is left out")                                                                            \
    X(TABLE_HIDDEN, ERROR, "table", "the table hides all its columns", "let one be seen")          \
    X(TOTAL_TYPE, ERROR, "total", "{value} cannot be summed: it is a {1}", "take it out of total") \
    X(TOTAL_LARGE, ERROR, "total", "the sum of {value} is too large", "sum larger units")          \
    X(SORT_UNTRUE, WARNING, "sort", "the rows are not sorted by {value}",                          \
      "ORDER BY it in the query, or leave `sort` out")                                             \
    X(ACROSS_MANY, ERROR, "across", "{value} values of {1} cannot stand beside one another",       \
      "choose fewer in the query, or another column")                                              \
    X(ACROSS_TWICE, ERROR, "across", "two rows stand at {value}",                                  \
      "group the query by the columns before `across` and by that column")                         \
    X(SERIES_FORM, ERROR, "series", "{value} is no series",                                        \
      "make the column with series(key, value)")                                                   \
    X(KPI_COLUMN, ERROR, "kpi", "a kpi needs a column {value}", "{1}")                             \
    X(KPI_NAME, ERROR, "kpi", "no measure is called {value}", "{1}")                               \
    X(FORM_COLUMN, ERROR, "form", "a form needs a column {value}", "{1}")                          \
    X(FORM_TYPE, ERROR, "form", "{value} is no type of a field", "{1}")                            \
    X(FORM_LINES, ERROR, "form", "a field cannot have {value} lines",                              \
      "give a whole number from 1 to 40")                                                          \
    X(CHART_TWICE, ERROR, "chart", "two rows stand at {value}",                                    \
      "group the query by what stands on the axis")                                                \
    X(CHART_UNITS, ERROR, "chart", "{value} and {1} have different units on one axis",             \
      "draw two charts")                                                                           \
    X(CHART_NUMBER, ERROR, "chart", "{value} is no number, in column {1}",                         \
      "choose a column of numbers")                                                                \
    X(CHART_ONE, ERROR, "chart", "chart {value} draws one column", "name one in y")                \
    X(CHART_SERIES, ERROR, "chart", "more than six series cannot be told apart",                   \
      "draw fewer, or a heatmap")                                                                  \
    X(CHART_POINTS, ERROR, "chart", "{value} places on the axis are too many",                     \
      "group by week or month")                                                                    \
    X(CHART_DATE, ERROR, "chart", "{value} is no {1}", "check what column {2} gives")              \
    X(CHART_ROLE, ERROR, "chart", "chart {1} needs a column in the role {value}", "name one in y") \
    X(ROLE_IDLE, ERROR, "chart", "{1} does not look at the role {value}", "{2}")                   \
    X(ROLE_UNDRAWN, ERROR, "chart", "chart {1} draws nothing of {2}, in the role {value}", "{3}")  \
    X(MARKS_IDLE, WARNING, "chart", "events have no place on the axis of {value}",                 \
      "leave `marks` out, or put months or days there")                                            \
    X(CHART_STEP, ERROR, "chart", "{value} is no step of a waterfall",                             \
      "write start, total or change in column kind")                                               \
    X(CHART_SUM, WARNING, "chart", "the steps make {1}, but {2} says {value}",                     \
      "check the query: a waterfall has to add up")                                                \
    X(CHART_NO_PLACE, WARNING, "chart",                                                            \
      "{value} {value:row is|rows are} not drawn: {value:its|their} {1} is empty",                 \
      "leave them out in the query, or give them a place")                                         \
    X(GRAPH_KIND, ERROR, "graph", "there is no graph {value}", "{1}")                              \
    X(GRAPH_MM, ERROR, "graph", "a graph {value} cannot be written for FreeMind",                  \
      "only a graph mindmap has the option mm")                                                    \
    X(GRAPH_COLUMN, ERROR, "graph", "graph {1} needs a column {value}", "{2}")                     \
    X(GRAPH_ID, ERROR, "graph", "a row has no id", "give each row an id")                          \
    X(GRAPH_TWICE, ERROR, "graph", "two rows have the id {value}", "give each its own")            \
    X(GRAPH_UNKNOWN, ERROR, "graph", "{1} leads to {value}, which is not there", "{2}")            \
    X(GRAPH_CYCLE, ERROR, "graph", "{value} stands below itself", "mend the column parent")        \
    X(INCLUDE_WHAT, ERROR, "include", "include needs `file` or `parts`",                           \
      "write file: notes/… or parts: yes")                                                         \
    X(INCLUDE_PATH, ERROR, "include", "{value} is no file below the book",                         \
      "write its path from the book's folder, without ..")                                         \
    X(INCLUDE_NESTED, ERROR, "include", "an included file includes {value}",                       \
      "include it on the page itself")                                                             \
    /* book */                                                                                     \
    X(BOOK_MISSING, ERROR, "book-missing", "there is no book in {value}",                          \
      "name a folder that holds CSV files, or start one with `salesbook new {value}`")             \
    X(LANGUAGE_TAG, ERROR, "language", "language: {value} is not the tag of a language",           \
      "write one of {1}, or with a region: fr-CH")                                                 \
    X(LANGUAGE_UNKNOWN, WARNING, "language",                                                       \
      "language: how numbers are written in {value} is not known, they stand as in English",       \
      "known are {1}, each also with a region: fr-CH")                                             \
    X(SETTING_VALUE, ERROR, "setting-value", "{1}: {value} is not {2}", "write {2}")               \
    X(AUDIENCE_UNKNOWN, ERROR, "audience", "there is no audience {value}", "{1}")                  \
    X(AUDIENCE_ALIKE, ERROR, "audience", "{value} and {1} would have one folder, {2}",             \
      "tell the two apart by a letter or a digit")                                                 \
    X(REPORT_MISSING, ERROR, "report-missing", "there is no report called {value}", "{1}")         \
    X(REPORT_EMPTY, ERROR, "report-empty", "this book has nothing for the report {value}",         \
      "its tables are not there, or no row is what it is about")                                   \
    X(REPORT_UNKNOWN, ERROR, "report-missing", "reports: there is no report called {value}",       \
      "{1}")                                                                                       \
    X(EVENT_TIME, WARNING, "event", "{value} is no day or time: {1} is in no calendar",            \
      "let view {2}_events give days, 2026-10-30, or times without a zone, 2026-10-30 08:30")      \
    X(CLOSED_NAME, WARNING, "closed", "{value} is no closed month; it is not read",                \
      "call it by its month, as `salesbook close` does: 2026-09.csv; or move it away")             \
    X(CLOSED_HEAD, ERROR, "closed",                                                                \
      "a closed month has the columns page,block,key,name,value; here stands {value}",             \
      "take the file back from version control, or close the month again with --force")            \
    X(CLOSED_ROW, ERROR, "closed", "{1}: {value} is not {2}",                                      \
      "take the line back from version control; what was published is not edited")                 \
    X(CLOSED_TWICE, ERROR, "closed", "{value} stands in line {1} already",                         \
      "take the file back from version control; what was published stands once")                   \
    X(CLOSED_PAGE, ERROR, "closed",                                                                \
      "only a report that is handed to more than one person is closed",                            \
      "leave `closed: yes` out here")                                                              \
    X(CLOSED_THERE, ERROR, "closed", "{1} is closed already",                                      \
      "leave it as it was published; to take the figures of today for those published, add "       \
      "--force")                                                                                   \
    X(CLOSED_OPEN, ERROR, "closed", "{value} is not over: the latest date in the book is {1}",     \
      "close it when its last day has come, or say which day it is by --as-of=today")              \
    X(CLOSED_BROKEN, ERROR, "closed", "{value} cannot be closed: the book has errors",             \
      "mend what stands above, and what `salesbook check` tells, then close the month")            \
    X(CLOSED_NOTHING, ERROR, "closed", "no report of this book keeps figures for {value}",         \
      "name the monthly report in `reports:` of book.yaml, or write `closed: yes` at the head of " \
      "one")                                                                                       \
    X(MAIL_FROM, ERROR, "mail-from", "book {value} does not say who its mail is from",             \
      "write `from: \"Acme Sales <sales@acme.example>\"` below `mail:` in book.yaml")              \
    X(MAIL_NOBODY, ERROR, "mail-nobody", "nobody is named to get the report {value}",              \
      "write below `mail: reports: {value}:` in book.yaml `to: SELECT of, email, name, person "    \
      "FROM …`")                                                                                   \
    X(MAIL_COLUMN, ERROR, "mail-column", "the query gives no column {value}",                      \
      "select it, or name one so: AS {value}")                                                     \
    X(MAIL_COLUMN_UNKNOWN, ERROR, "mail-column", "nothing is done with a column {value} here",     \
      "leave it out, or name it {1}")                                                              \
    X(MAIL_ADDRESS, ERROR, "mail-address", "{value} is no address that every mail server takes",   \
      "write it like name@acme.example, one address, its domain in ASCII (xn--…)")                 \
    X(MAIL_NO_ADDRESS, ERROR, "mail-address", "{value} has no e-mail address",                     \
      "fill it in, or leave them out of `to`: WHERE email IS NOT NULL")                            \
    X(MAIL_OF, ERROR, "mail-of", "there is no report {1} of {value}",                              \
      "let the column `of` of `to` give keys of the report's `each`, as this audience sees them")  \
    X(MAIL_AUDIENCE, ERROR, "mail-audience", "{value} may not get the report {1}: it is for {2}",  \
      "leave them out of `to`, or let {2} below `mail: audiences:` in book.yaml give them as "     \
      "person")                                                                                    \
    X(MAIL_OWN, ERROR, "mail-audience",                                                            \
      "{value} may not get the report {1} of {2}: it is that person's own",                        \
      "let the column `person` of `to` be the person whom the report is about")                    \
    X(MAIL_LARGE, ERROR, "mail-large", "the mail to {value} would hold {1} reports",               \
      "let `to` give eight at most for one address")                                               \
    X(MAIL_UNDATED, ERROR, "mail-undated",                                                         \
      "book {value} has no day as of which it could be mailed",                                    \
      "say `as_of:` in book.yaml, or --as-of")                                                     \
    X(LEDGER_MISSING, ERROR, "ledger",                                                             \
      "there is no ledger {value}: nobody would know what went to whom",                           \
      "begin one with `salesbook new {1} --table=sent`, or name another with --ledger")            \
    X(LEDGER_FORM, ERROR, "ledger", "this is no ledger: it has no column {value}",                 \
      "let its first line be {1}")                                                                 \
    X(LEDGER_STATE, ERROR, "ledger", "{value} is no state of a mail", "{1}")                       \
    X(LEDGER_CUT, ERROR, "ledger", "this line is cut off, or has not as many cells as the head",   \
      "mend or remove it; nothing is sent until then")                                             \
    X(LEDGER_LOCKED, ERROR, "ledger-locked", "another run is sending from {value}",                \
      "wait until it has ended")                                                                   \
    X(MAIL_REFUSED, ERROR, "mail-refused", "the mail to {value} was refused: {1}",                 \
      "mend the address; to try the same once more, write due for refused in line {2} of the "     \
      "ledger")                                                                                    \
    X(MAIL_UNCERTAIN, ERROR, "mail-uncertain", "nobody knows whether the mail to {value} arrived", \
      "look for Message-ID {1} in the server's log or ask them; then write sent into this line, "  \
      "or due to send it again")                                                                   \
    X(MAIL_LATER, ERROR, "mail-later", "the server did not take the mail to {value} now: {1}",     \
      "it goes with the next run")                                                                 \
    X(SMTP_SERVER, ERROR, "smtp-server", "no server is named that could send mail",                \
      "write `server: smtp://mail.acme.example:587` below `mail:` in book.yaml, or set "           \
      "SALESBOOK_SMTP")                                                                            \
    X(SMTP_LIBRARY, ERROR, "smtp-library", "cannot send mail: {value}",                            \
      "install libcurl4; `make` names the packages")                                               \
    X(SMTP_DOWN, ERROR, "smtp-server", "{value} takes no mail: {1}",                               \
      "check the server, its certificate, and SALESBOOK_SMTP_USER and SALESBOOK_SMTP_PASSWORD; "   \
      "what was not sent is still due")                                                            \
    X(MAIL_PICTURE, ERROR, "mail-picture", "the chart {value} cannot be made a picture: {1}",      \
      "report this with the command that you ran")                                                 \
    X(EXPORT_EMPTY, ERROR, "export-empty", "{value} holds no row of heads",                        \
      "export the table again, with the names of its columns in the first row")                    \
    X(TABLE_UNKNOWN, ERROR, "table-unknown", "no system has a table called {value}",               \
      "did you mean {1}? The tables stand in templates/systems/*/tables.yaml")                     \
    X(FILE_THERE, ERROR, "file-there", "{value} is there already",                                 \
      "remove or rename it first; nothing is overwritten")                                         \
    X(SINCE_BROKEN, WARNING, "since",                                                              \
      "the book cannot be read as it was at {value}, for {1}: no page tells what changed",         \
      "name another state by --since")                                                             \
    X(SNAPSHOT_FOLDER, ERROR, "build", "{value} is neither a book nor a build of one",             \
      "name a folder with book.yaml or CSV files, such as input/acme, or the site of a build, "    \
      "such as site/acme")                                                                         \
    X(SNAPSHOT_MISSING, ERROR, "build",                                                            \
      "the build {value} has no snapshot.csv, by which two builds are compared",                   \
      "name the site of a build (site/acme, not output/acme); an earlier version of salesbook "    \
      "wrote none: build that state of the book once more")                                        \
    X(SNAPSHOT_AUDIENCE, ERROR, "audience-unknown", "the build {value} has no site for {1}",       \
      "name one of the folders in it by --audience, or leave that out")                            \
    X(SNAPSHOT_VERSION, ERROR, "build",                                                            \
      "this snapshot is of form {value}, of another version of salesbook",                         \
      "compare with the version that wrote it, or build that state of the book once more")         \
    X(SNAPSHOT_CUT, ERROR, "build", "{value} is cut off: its last line is not there",              \
      "copy the build once more, or build that state of the book again")                           \
    X(SNAPSHOT_EDITED, ERROR, "build",                                                             \
      "{value} is not as a build wrote it: its digest is another",                                 \
      "copy the build once more, or build that state of the book again")                           \
    X(SNAPSHOT_LINE, ERROR, "build", "{value} is not {1}",                                         \
      "copy the build once more, or build that state of the book again")                           \
    X(SNAPSHOT_BOOK, ERROR, "build", "one is {1}, the other {2}",                                  \
      "compare two states of one book")                                                            \
    X(SNAPSHOT_READERS, ERROR, "build", "{value} is what {1} may see, the other what {2} may",     \
      "name both by the folder of the whole site, and whose part by --audience")                   \
    X(SNAPSHOT_DAY, ERROR, "build",                                                                \
      "the build {value} stands as of {1}, and no other day can be told from it",                  \
      "leave --as-of out, or name the book itself or a revision of it")                            \
    X(SNAPSHOT_NO_BOOK, ERROR, "build",                                                            \
      "{value} is a build of {1}, and {1} is not among the books to compare it with",              \
      "check how the other state is written, or name that book's folder behind it")                \
    X(SNAPSHOT_TEMPLATES, WARNING, "build",                                                        \
      "the two were made by other templates or by another version of salesbook",                   \
      "what moved may be their doing, not the data's; to see the data's alone, compare two "       \
      "revisions or folders of the book")                                                          \
    X(GIT, ERROR, "git", "git does not give {value}: {1}",                                         \
      "name a revision that has this book, or a folder; a pipeline may have to fetch more of the " \
      "history")                                                                                   \
    X(WORKER_DIED, ERROR, "worker-died", "a worker ended with status {value}",                     \
      "report this with the command that you ran; nothing was published")

/* Messages are in the words of the trade: what stands there, why it cannot be, how to mend it. */
