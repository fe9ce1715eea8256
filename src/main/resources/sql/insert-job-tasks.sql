-- An id that the job already has is passed over: that is how a list is rid of its duplicates. The job is locked, so that whoever cancels
-- it waits for a chunk that is under way, and no id comes after that.
INSERT IGNORE INTO job_task (job_id, item_id, source)
SELECT loading.job_id, ids.item_id, :#source
FROM (SELECT job_id FROM job FORCE INDEX (PRIMARY) WHERE job_id = :#jobId AND state IN ('loading', 'open') LOCK IN SHARE MODE) AS loading,
     JSON_TABLE(:#ids, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
