-- What the search finds besides the pages of items: shelves, and items, which have pages of their own.
CREATE VIEW stock_finds AS
SELECT DISTINCT 'shelf' AS kind, shelf AS id, concat('Shelf 架子 ', shelf) AS name, 'stock' AS page, '' AS key
FROM items
UNION ALL
SELECT 'item', item, concat('twice: ', name), 'stock', '' FROM items;

CREATE VIEW stock_figures AS
SELECT 1 AS rank, 'worth' AS name, sum(amount) AS value, NULL AS target, NULL AS before, NULL AS series, 'stock' AS page,
       NULL AS key
FROM items;
