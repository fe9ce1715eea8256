UPDATE JSON_TABLE(:#${bodyAs(String)}, '$[*]' COLUMNS (
  itemId BIGINT PATH '$.itemId',
  rawHash VARCHAR(64) PATH '$.rawHash',
  fetchedAt DATETIME(3) PATH '$.fetchedAt')) AS reply
STRAIGHT_JOIN item ON item.item_id = reply.itemId
SET item.updated_at = IF(item.status = 'gone', item.updated_at, reply.fetchedAt),
    item.status     = 'gone',
    item.raw_hash   = reply.rawHash,
    item.fetched_at = reply.fetchedAt
WHERE item.fetched_at < reply.fetchedAt
