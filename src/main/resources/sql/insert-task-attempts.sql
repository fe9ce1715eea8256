-- A transaction that is repeated after its commit was not confirmed finds its rows there.
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
ON DUPLICATE KEY UPDATE task_attempt.token = task_attempt.token
