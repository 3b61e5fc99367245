-- By brand: Old a, b, d, g: 180 + 310 + 0.70 after 100 + 300 + 1 + 50; School c; New n.
SELECT kind, name, revenue, before FROM products_groups WHERE kind = 'brand' ORDER BY name
