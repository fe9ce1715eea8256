SELECT task.item_id
FROM JSON_TABLE(:#ids, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
STRAIGHT_JOIN job_task task FORCE INDEX (PRIMARY) ON task.job_id = :#jobId AND task.item_id = ids.item_id
WHERE task.state = 'open'
