SELECT form, name, who, every, due FROM forms_words ORDER BY form
