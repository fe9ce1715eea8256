-- Only of tasks that the ledger lets their holder move: of a lost lease, no history is written. An item that two jobs wait for, and a
-- transaction that is repeated because its commit was not confirmed, give one row all the same.
INSERT INTO task_attempt (item_id, source, token, attempt, at, node, account, calls, reply_class, code, message, http_status, wait_ms)
SELECT outcome.itemId, outcome.source, outcome.token, outcome.attempt, outcome.at, outcome.node, outcome.account, outcome.calls,
       outcome.replyClass, outcome.code, outcome.message, outcome.httpStatus, outcome.waitMs
FROM JSON_TABLE(:#${bodyAs(String)}, '$[*]' COLUMNS (
  itemId BIGINT PATH '$[0]',
  source VARCHAR(24) PATH '$[1]',
  token BIGINT PATH '$[2]',
  attempt INT PATH '$[3]',
  at DATETIME(3) PATH '$[4]',
  node VARCHAR(80) PATH '$[5]',
  account VARCHAR(64) PATH '$[6]',
  calls INT PATH '$[7]',
  replyClass VARCHAR(24) PATH '$[8]',
  code VARCHAR(80) PATH '$[9]',
  message VARCHAR(300) PATH '$[10]',
  httpStatus INT PATH '$[11]',
  waitMs BIGINT PATH '$[12]')) AS outcome
STRAIGHT_JOIN job_task task FORCE INDEX (item) ON task.item_id = outcome.itemId
LEFT JOIN job_task lost FORCE INDEX (item) ON lost.item_id = outcome.itemId AND lost.source = outcome.source AND lost.fence >= outcome.token
WHERE task.source = outcome.source AND task.state = 'open' AND lost.item_id IS NULL
FOR UPDATE
ON DUPLICATE KEY UPDATE task_attempt.token = task_attempt.token
