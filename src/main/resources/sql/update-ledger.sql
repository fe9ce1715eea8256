-- Explains, or counts one more try of, an item in every job that waits for it; unless its lease was lost meanwhile. The loss is looked
-- for in all of the item's rows: that of a job which came after it bears no fence of its own. Its calls count for the oldest of the
-- jobs; the others share the answer.
UPDATE JSON_TABLE(:#${bodyAs(String)}, '$[*]' COLUMNS (
  itemId BIGINT PATH '$[0]',
  source VARCHAR(24) PATH '$[1]',
  state VARCHAR(10) PATH '$[2]',
  calls INT PATH '$[3]',
  refused INT PATH '$[4]',
  account VARCHAR(64) PATH '$[5]',
  code VARCHAR(80) PATH '$[6]',
  closedAt DATETIME(3) PATH '$[7]',
  token BIGINT PATH '$[8]')) AS outcome
STRAIGHT_JOIN job_task task FORCE INDEX (item) ON task.item_id = outcome.itemId
LEFT JOIN job_task lost FORCE INDEX (item) ON lost.item_id = outcome.itemId AND lost.source = outcome.source AND lost.fence >= outcome.token
LEFT JOIN job_task payer FORCE INDEX (item)
  ON payer.item_id = outcome.itemId AND payer.source = outcome.source AND payer.state = 'open' AND payer.job_id < task.job_id
SET task.state     = outcome.state,
    task.calls     = task.calls + IF(payer.job_id IS NULL, outcome.calls, 0),
    task.refused   = task.refused + IF(payer.job_id IS NULL, outcome.refused, 0),
    task.answered  = IF(payer.job_id IS NULL OR outcome.state = 'open', 'call', 'shared'),
    task.account   = outcome.account,
    task.code      = outcome.code,
    task.closed_at = outcome.closedAt
WHERE task.source = outcome.source AND task.state = 'open' AND lost.item_id IS NULL
