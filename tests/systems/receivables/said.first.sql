-- No promise has been due yet: the sentence says what is open.
SELECT scope, text FROM receivables_findings WHERE rank = 144 AND scope = 'company'
