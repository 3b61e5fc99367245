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
      "install the program; `make` names the packages")

/* Messages are in the words of the trade: what stands there, why it cannot be, how to mend it. */
