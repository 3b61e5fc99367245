-- 594 after 50: +544, +1,088 %. The only segment that bought: all of the volume.
SELECT rank, text FROM segments_findings WHERE scope = 'company' ORDER BY rank
