-- Of these items, those that no job waits for now, with what became of them: an end, or paused. A job whose deadline is past waits
-- no more; soon, its ids are cancelled.
SELECT task.item_id, IF(SUM(task.state = 'open') > 0, 'paused', MAX(task.state)) AS state
FROM JSON_TABLE(:#itemIds, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
STRAIGHT_JOIN job_task task FORCE INDEX (item) ON task.item_id = ids.item_id
STRAIGHT_JOIN job FORCE INDEX (PRIMARY) ON job.job_id = task.job_id
WHERE task.source = :#source
GROUP BY task.item_id
HAVING SUM(task.state = 'open' AND job.state <> 'paused' AND COALESCE(job.deadline > UTC_TIMESTAMP(3), TRUE)) = 0
