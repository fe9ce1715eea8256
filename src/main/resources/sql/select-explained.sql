-- Of these items, those that no job waits for any more, with what became of them.
SELECT task.item_id, MAX(task.state) AS state
FROM JSON_TABLE(:#itemIds, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
STRAIGHT_JOIN job_task task FORCE INDEX (item) ON task.item_id = ids.item_id
WHERE task.source = :#source
GROUP BY task.item_id
HAVING SUM(task.state = 'open') = 0
