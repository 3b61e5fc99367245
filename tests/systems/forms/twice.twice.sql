-- Ann hands in both forms late: six of six daily records, four of four weekly reports. Her page takes it as one value.
SELECT scope, of, text FROM forms_findings WHERE scope = 'person' AND rank = 84
