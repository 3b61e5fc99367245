-- Ann missed six of six weekly meetings and five of five in the morning. Her page takes it as one value.
SELECT scope, of, text FROM meetings_findings WHERE scope = 'person' AND rank = 123
