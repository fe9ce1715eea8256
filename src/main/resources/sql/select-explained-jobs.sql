SELECT job_id
FROM job
WHERE state = 'open'
  AND NOT EXISTS (SELECT 1 FROM job_task task FORCE INDEX (job_state) WHERE task.job_id = job.job_id AND task.state = 'open')
