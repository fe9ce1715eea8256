-- Explains, or counts one more try of, an item in every job that waits for it.
UPDATE job_task
SET state = :#state, calls = calls + :#calls, refused = refused + :#refused, account = :#account, code = :#code, closed_at = :#closedAt
WHERE item_id = :#itemId AND source = :#source AND state = 'open'
