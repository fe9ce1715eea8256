-- An id that the job already has is passed over: that is how a list is rid of its duplicates.
INSERT IGNORE INTO job_task (job_id, item_id, source)
SELECT :#jobId, ids.item_id, :#source
FROM JSON_TABLE(:#ids, '$[*]' COLUMNS (item_id BIGINT PATH '$')) AS ids
