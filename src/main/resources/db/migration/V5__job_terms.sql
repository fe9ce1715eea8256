-- How a job is to be collected, and by which call each of its ids was answered.

ALTER TABLE job
  ADD COLUMN priority   ENUM ('low', 'normal', 'high') NOT NULL DEFAULT 'normal',
  ADD COLUMN deadline   DATETIME(3) NULL COMMENT 'after it, what is open is cancelled, and no call is made',
  ADD COLUMN max_age_ms BIGINT      NULL COMMENT 'an item that was fetched within this time is not called for';

ALTER TABLE job_task
  ADD COLUMN answered ENUM ('call', 'shared', 'fresh') NOT NULL DEFAULT 'call'
    COMMENT 'by a call of this job, by one that counts for another job, or by what was stored before';
