SELECT task.item_id
FROM JSON_TABLE(:#ids, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
JOIN job_task task ON task.job_id = :#jobId AND task.item_id = ids.item_id
WHERE task.state = 'open'
