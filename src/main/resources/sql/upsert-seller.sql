INSERT INTO seller (seller_id, login_id, company_name, fetched_at, first_seen_at)
SELECT new_rows.sellerId, new_rows.loginId, new_rows.companyName, new_rows.fetchedAt, new_rows.fetchedAt
FROM JSON_TABLE(:#${bodyAs(String)}, '$[*]' COLUMNS (
  sellerId VARCHAR(100) PATH '$[0]',
  loginId VARCHAR(200) PATH '$[1]',
  companyName VARCHAR(300) PATH '$[2]',
  fetchedAt DATETIME(3) PATH '$[3]')) AS new_rows
ON DUPLICATE KEY UPDATE
  seller.login_id      = IF(VALUES(fetched_at) >= seller.fetched_at, COALESCE(VALUES(login_id), seller.login_id), seller.login_id),
  seller.company_name  = IF(VALUES(fetched_at) >= seller.fetched_at, COALESCE(VALUES(company_name), seller.company_name), seller.company_name),
  seller.first_seen_at = LEAST(VALUES(first_seen_at), seller.first_seen_at),
  seller.fetched_at    = GREATEST(VALUES(fetched_at), seller.fetched_at)
