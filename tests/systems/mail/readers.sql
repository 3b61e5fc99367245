-- Who is here on 30 October: Cat left, Dan has not come yet. Ben has no address; Eve, whose name nobody wrote, is
-- called by her key. The boss leads two, Ann one who is here.
SELECT person, name, email, region, manager, leads FROM mail_readers ORDER BY person
