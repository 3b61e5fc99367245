-- Nobody has handed in any form, and x does not say since when it is asked for: nothing is expected.
SELECT count(*) AS n FROM forms_expected
