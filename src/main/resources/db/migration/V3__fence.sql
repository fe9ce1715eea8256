ALTER TABLE job_task
  ADD COLUMN fence BIGINT NOT NULL DEFAULT 0 COMMENT 'the token of the last lease that was lost: writes with it, or an older one, are refused';
