-- A schedule that a person ran has a last time that its cron does not have.

ALTER TABLE job_schedule
  ADD COLUMN last_time DATETIME(3) NULL COMMENT 'the newest time that is not waiting, of its cron or when a person asked' AFTER job_id,
  MODIFY COLUMN outcome ENUM ('submitted', 'empty', 'skipped', 'missed', 'failed') NULL COMMENT 'what became of last_time';

UPDATE job_schedule SET last_time = fired_for WHERE outcome IS NOT NULL;
