-- Only while the ledger would let its holder close the task: not with a lease that was lost, and not once more when a transaction is
-- repeated whose commit was not confirmed. The lock keeps it so until the ledger is written.
INSERT INTO dead_letter (source, item_id, reply_class, code, message, attempts, account, http_status, body, died_at, node, route)
SELECT task.source, task.item_id, :#replyClass, :#code, :#message, :#attempts, :#account, :#httpStatus, :#body, :#diedAt, :#node, :#route
FROM job_task task FORCE INDEX (item)
LEFT JOIN job_task lost FORCE INDEX (item) ON lost.item_id = task.item_id AND lost.source = task.source AND lost.fence >= :#token
WHERE task.item_id = :#itemId AND task.source = :#source AND task.state = 'open' AND lost.item_id IS NULL
LIMIT 1
FOR UPDATE
