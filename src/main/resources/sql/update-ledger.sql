-- Explains, or counts one more try of, an item in every job that waits for it; unless its lease was lost meanwhile. The loss is looked
-- for in all of the item's rows: that of a job which came after it bears no fence of its own. Its calls count for the oldest of the
-- jobs; the others share the answer. If none waits any more, they count for the oldest that was cancelled after the item was claimed
-- for it: a token is the time of its claim, in µs, by Redis's clock, and a cancelled row is seen a while after its time. So up to a minute
-- before counts as after. The state comes last, because the other values are told by it.
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
  ON payer.item_id = outcome.itemId AND payer.source = outcome.source AND IF(payer.state = 'open',
    payer.job_id < task.job_id OR task.state = 'cancelled',
    payer.job_id < task.job_id AND task.state = 'cancelled' AND payer.state = 'cancelled'
      AND payer.closed_at >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL (outcome.token - 60000000) MICROSECOND)
SET task.calls     = task.calls + IF(payer.job_id IS NULL, outcome.calls, 0),
    task.refused   = task.refused + IF(payer.job_id IS NULL, outcome.refused, 0),
    task.answered  = IF(task.state = 'cancelled' OR payer.job_id IS NULL OR outcome.state = 'open', 'call', 'shared'),
    task.account   = IF(task.state = 'open', outcome.account, task.account),
    task.code      = IF(task.state = 'open', outcome.code, task.code),
    task.closed_at = IF(task.state = 'open', outcome.closedAt, task.closed_at),
    task.state     = IF(task.state = 'open', outcome.state, task.state)
WHERE task.source = outcome.source AND lost.item_id IS NULL
  AND (task.state = 'open' OR task.state = 'cancelled' AND task.closed_at >= TIMESTAMP'1970-01-01 00:00:00' + INTERVAL (outcome.token - 60000000) MICROSECOND)
