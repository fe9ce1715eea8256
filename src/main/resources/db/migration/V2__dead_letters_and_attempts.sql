-- What a person does with dead letters, and the history of a task.

ALTER TABLE dead_letter
  ADD COLUMN status        ENUM ('open', 'replayed', 'discarded') NOT NULL DEFAULT 'open',
  ADD COLUMN node          VARCHAR(80) NULL COMMENT 'on which it died',
  ADD COLUMN route         VARCHAR(80) NULL COMMENT 'that carried it when it died',
  ADD COLUMN replayed_at   DATETIME(3) NULL COMMENT 'when its item was made due again',
  ADD COLUMN discarded_at  DATETIME(3) NULL COMMENT 'when a person decided that it needs nothing more',
  ADD KEY status_cause (status, reply_class, code);

-- One row for each claim of a task that came to something, except a success at the first try, of which the ledger tells all. A claim
-- that waited for a permit in vain came to nothing.
CREATE TABLE task_attempt (
  item_id      BIGINT       NOT NULL,
  source       VARCHAR(24)  CHARACTER SET ascii NOT NULL,
  token        BIGINT       NOT NULL COMMENT 'the fencing token of the lease: a row written twice is one row',
  attempt      INT          NOT NULL COMMENT 'from 1; what was not the task''s fault is not counted, nor what was before a replay',
  at           DATETIME(3)  NOT NULL COMMENT 'when the last call ended',
  node         VARCHAR(80)  NULL,
  account      VARCHAR(64)  NULL COMMENT 'that made the last call',
  calls        INT          NOT NULL COMMENT 'made in this claim',
  reply_class  VARCHAR(24)  CHARACTER SET ascii NOT NULL,
  code         VARCHAR(80)  NULL,
  message      VARCHAR(300) NULL,
  http_status  INT          NULL,
  wait_ms      BIGINT       NULL COMMENT 'until the next try; NULL when there is none',
  PRIMARY KEY (item_id, source, token)
);
