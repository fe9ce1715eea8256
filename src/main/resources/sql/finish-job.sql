UPDATE job
SET state = 'finished',
    finished_at = COALESCE((SELECT MAX(task.closed_at) FROM job_task task WHERE task.job_id = job.job_id), UTC_TIMESTAMP(3))
WHERE job_id = :#job_id
  AND state = 'open'
  AND NOT EXISTS (SELECT 1 FROM job_task task FORCE INDEX (job_state) WHERE task.job_id = job.job_id AND task.state = 'open')
