/* Makes the three example books: departments that do not exist, with a working life that could.
 * `books DIR` writes the tables of DIR/security, DIR/furniture and DIR/tobacco; the folders must be
 * there. The same program always writes the same bytes: README.md lists what is planted. */
#include "book.h"

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: books DIR\n");
        return 2;
    }
    make_security(argv[1]);
    make_furniture(argv[1]);
    make_tobacco(argv[1]);
    return 0;
}
