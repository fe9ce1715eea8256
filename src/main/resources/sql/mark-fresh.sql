-- Explains those of the ids that were fetched lately enough, by the database's clock, without a call. An item that is not published
-- is gone. One that was not there when it was first asked for has no row; of it, the ledger tells, unless it only says that the
-- answer was fresh.
UPDATE JSON_TABLE(:#ids, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
STRAIGHT_JOIN job_task task FORCE INDEX (PRIMARY) ON task.job_id = :#jobId AND task.item_id = ids.item_id
LEFT JOIN item ON item.item_id = ids.item_id
LEFT JOIN job_task gone FORCE INDEX (item)
  ON item.item_id IS NULL AND gone.item_id = ids.item_id AND gone.source = task.source
    AND gone.state = 'gone' AND gone.answered <> 'fresh' AND gone.closed_at >= UTC_TIMESTAMP(3) - INTERVAL :#maxAge * 1000 MICROSECOND
SET task.state     = IF(item.status = 'published', 'succeeded', 'gone'),
    task.answered  = 'fresh',
    task.closed_at = UTC_TIMESTAMP(3)
WHERE task.state = 'open'
  AND (item.fetched_at >= UTC_TIMESTAMP(3) - INTERVAL :#maxAge * 1000 MICROSECOND OR gone.job_id IS NOT NULL)
