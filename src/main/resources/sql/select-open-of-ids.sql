-- With the job's priority as it is now: it may change while the list is loaded.
SELECT task.item_id, job.priority
FROM JSON_TABLE(:#ids, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
STRAIGHT_JOIN job_task task FORCE INDEX (PRIMARY) ON task.job_id = :#jobId AND task.item_id = ids.item_id
STRAIGHT_JOIN job FORCE INDEX (PRIMARY) ON job.job_id = task.job_id
WHERE task.state = 'open'
