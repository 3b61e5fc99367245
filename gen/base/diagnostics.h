/* Every diagnostic a line: id, severity, code, message, remedy. {value} is the offending value, {1}
 * {2} {3} what else is named. A new one needs a case in tests/bad/. Sorted by module. */
#define DIAGNOSTICS(X)                                                                             \
    /* base */                                                                                     \
    X(FILE_READ, ERROR, "file-read", "cannot read {value}: {1}", "check the path and its rights")  \
    X(FILE_WRITE, ERROR, "file-write", "cannot write {value}: {1}",                                \
      "check that the folder exists, is writable and has room")                                    \
    X(LOCK_HELD, ERROR, "lock-held", "another build is writing {value}",                           \
      "wait until it has ended, or name another folder with --site and --output")                  \
    X(CHILD_START, ERROR, "child-start", "cannot start {value}: {1}",                              \
      "install the program; `make` names the packages") \
    /* render: pdf */                                                                              \
    X(FONT_MISSING, ERROR, "font-missing", "the font {value} is not installed",                    \
      "install the package {1}")                                                                   \
    X(GLYPH_MISSING, WARNING, "glyph-missing", "no font has the character {value}; a box stands for it", \
      "write it with other letters")                                                               \
    X(PDF_WRITE, ERROR, "pdf-write", "the report {value} could not be written: {1}",               \
      "report this with the book that shows it")                                                   \
    /* book */                                                                                     \
    X(BOOK_MISSING, ERROR, "book-missing", "there is no book in {value}",                          \
      "name a folder that holds CSV files, or start one with `salesbook new {value}`")             \
    X(SETTING_VALUE, ERROR, "setting-value", "{1}: {value} is not {2}", "write {2}")               \
    X(REPORT_MISSING, ERROR, "report-missing", "there is no report called {value}",                \
      "name a file of templates/reports or of the book's reports/, without .md")                   \
    X(WORKER_DIED, ERROR, "worker-died", "a worker ended with status {value}",                     \
      "report this with the command that you ran; nothing was published")

/* Messages are in the words of the trade: what stands there, why it cannot be, how to mend it. */
