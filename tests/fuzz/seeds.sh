# seeds TARGET: the files that a target's mutations begin with, one a line.
seeds() {
    case $1 in
    csv) ls tests/bad/*/*.csv tests/systems/*/*/*.csv ;;
    page) ls tests/pages/*.md tests/bad/*/pages/*.md templates/pages/*.md templates/systems/*/*.md ;;
    svg) ls tests/fuzz/seeds/*.svg ;;
    yaml) ls tests/bad/*/book.yaml tests/bad/*/systems/*/tables.yaml templates/systems/*/tables.yaml ;;
    esac
}
