ALTER TABLE job
  MODIFY COLUMN state ENUM ('loading', 'open', 'paused', 'finished') NOT NULL COMMENT 'no call is made for a paused job';
