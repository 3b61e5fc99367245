-- Industries and lines part the market. In the north banks have an owner for Alpha and none for Beta: the field of
-- banks shows the part that nobody owns. Schools in the south have ann and ben. In the
-- west ann owns Alpha of the banks and ben Beta.
SELECT axis, region, field, owner_count, person, owned_by FROM market_map ORDER BY axis, region, field
