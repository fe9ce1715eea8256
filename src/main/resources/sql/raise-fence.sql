-- From now on, a holder of one of these leases, or of an earlier one, cannot move the task any more: nor that of a job which comes
-- after one that has ended.
UPDATE JSON_TABLE(:#${bodyAs(String)}, '$[*]' COLUMNS (
  itemId BIGINT PATH '$[0]',
  source VARCHAR(24) PATH '$[1]',
  token BIGINT PATH '$[2]')) AS lost
STRAIGHT_JOIN job_task task FORCE INDEX (item) ON task.item_id = lost.itemId
SET task.fence = GREATEST(task.fence, lost.token)
WHERE task.source = lost.source
