INSERT INTO seller (seller_id, login_id, company_name, fetched_at, first_seen_at)
VALUES (:#sellerId, :#loginId, :#companyName, :#fetchedAt, :#fetchedAt)
ON DUPLICATE KEY UPDATE
  login_id      = IF(VALUES(fetched_at) >= fetched_at, COALESCE(VALUES(login_id), login_id), login_id),
  company_name  = IF(VALUES(fetched_at) >= fetched_at, COALESCE(VALUES(company_name), company_name), company_name),
  first_seen_at = LEAST(VALUES(first_seen_at), first_seen_at),
  fetched_at    = GREATEST(VALUES(fetched_at), fetched_at)
