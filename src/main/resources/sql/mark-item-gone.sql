UPDATE JSON_TABLE(:#${bodyAs(String)}, '$[*]' COLUMNS (
  itemId BIGINT PATH '$[0]',
  rawHash VARCHAR(64) PATH '$[1]',
  fetchedAt DATETIME(3) PATH '$[2]')) AS reply
STRAIGHT_JOIN item FORCE INDEX (PRIMARY) ON item.item_id = reply.itemId
SET item.updated_at = IF(item.status = 'gone', item.updated_at, reply.fetchedAt),
    item.status     = 'gone',
    item.raw_hash   = reply.rawHash,
    item.fetched_at = reply.fetchedAt
WHERE item.fetched_at < reply.fetchedAt
