# What the test scripts share. A script sources this, calls pass or fail for each case, and ends with
# `summary`. Run from the top of the tree; SALESBOOK is the program under test.
LC_ALL=C
export LC_ALL
SALESBOOK=${SALESBOOK:-gen/build/salesbook}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

pass() {
    passed=$((passed + 1))
}

# fail CASE WHAT [COMMAND]: what went wrong, and how to run the case alone.
fail() {
    failed=$((failed + 1))
    printf 'FAIL %s: %s\n' "$1" "$2"
    [ -z "${3:-}" ] || printf '    alone: %s\n' "$3"
}

# same CASE EXPECTED GOT [COMMAND]: two files alike, or the diff.
same() {
    if [ "${ACCEPT:-}" ]; then
        cp "$3" "$2"
        pass
    elif diff -u "$2" "$3" >"$work/diff"; then
        pass
    else
        fail "$1" "differs from $2" "${4:-}"
        head -n 40 "$work/diff"
    fi
}

summary() {
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" -eq 0 ]
}
