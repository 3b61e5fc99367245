/* The same under clang's libFuzzer, which looks for new ways through the code. FUZZ names the
 * target. */
#include "fuzz.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const char *name = getenv("FUZZ");
    fuzz_fn *target = fuzz_target(name ? name : "");
    if (!target)
        die("FUZZ names no target");
    fuzz_one(target, data, n);
    return 0;
}
