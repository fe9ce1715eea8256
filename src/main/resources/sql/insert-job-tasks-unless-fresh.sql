-- As insert-job-tasks, for a job with a max-age: an id that was fetched lately enough, by the database's clock, is explained at once.
-- An item that is not published is gone; where the API does not tell, it is published. One that was not there when it was first called
-- for has no row; of it, the ledger tells, unless it only says that the answer was fresh.
INSERT IGNORE INTO job_task (job_id, item_id, source, state, answered, closed_at)
SELECT loading.job_id, ids.item_id, :#source,
       CASE WHEN item.status IN ('published', '') THEN 'succeeded' WHEN COALESCE(item.item_id, gone.item_id) IS NOT NULL THEN 'gone' ELSE 'open' END,
       IF(COALESCE(item.item_id, gone.item_id) IS NULL, 'call', 'fresh'),
       IF(COALESCE(item.item_id, gone.item_id) IS NULL, NULL, UTC_TIMESTAMP(3))
FROM (SELECT job_id FROM job FORCE INDEX (PRIMARY) WHERE job_id = :#jobId AND state IN ('loading', 'open') LOCK IN SHARE MODE) AS loading,
     JSON_TABLE(:#ids, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
LEFT JOIN item FORCE INDEX (PRIMARY)
  ON item.item_id = ids.item_id AND item.fetched_at >= UTC_TIMESTAMP(3) - INTERVAL :#maxAge * 1000 MICROSECOND
LEFT JOIN job_task gone FORCE INDEX (item)
  ON item.item_id IS NULL AND gone.item_id = ids.item_id AND gone.source = :#source AND gone.state = 'gone'
    AND gone.answered <> 'fresh' AND gone.closed_at >= UTC_TIMESTAMP(3) - INTERVAL :#maxAge * 1000 MICROSECOND
