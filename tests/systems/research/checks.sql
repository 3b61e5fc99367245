-- Row 8 is no suggestion and has a state.
SELECT tbl, row FROM research_checks
