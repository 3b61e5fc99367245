-- What a path minds becomes '-', so that a name never leads out of the folder of notes.
SELECT notes FROM processes_all WHERE process LIKE '..%'
