UPDATE item
SET status = 'gone', updated_at = IF(status = 'gone', updated_at, :#fetchedAt), raw_hash = :#rawHash, fetched_at = :#fetchedAt
WHERE item_id = :#itemId AND fetched_at < :#fetchedAt
