-- Of these items, those that no job waits for any more, with what became of them.
SELECT item_id, MAX(state) AS state
FROM job_task
WHERE item_id IN (:#in:itemIds) AND source = :#source
GROUP BY item_id
HAVING SUM(state = 'open') = 0
