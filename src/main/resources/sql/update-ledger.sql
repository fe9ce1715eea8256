-- Explains, or counts one more try of, an item in every job that waits for it.
UPDATE JSON_TABLE(:#${bodyAs(String)}, '$[*]' COLUMNS (
  itemId BIGINT PATH '$.itemId',
  source VARCHAR(24) PATH '$.source',
  state VARCHAR(10) PATH '$.state',
  calls INT PATH '$.calls',
  refused INT PATH '$.refused',
  account VARCHAR(64) PATH '$.account',
  code VARCHAR(80) PATH '$.code',
  closedAt DATETIME(3) PATH '$.closedAt')) AS outcome
STRAIGHT_JOIN job_task task ON task.item_id = outcome.itemId
SET task.state     = outcome.state,
    task.calls     = task.calls + outcome.calls,
    task.refused   = task.refused + outcome.refused,
    task.account   = outcome.account,
    task.code      = outcome.code,
    task.closed_at = outcome.closedAt
WHERE task.source = outcome.source AND task.state = 'open'
