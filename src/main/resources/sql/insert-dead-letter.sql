INSERT INTO dead_letter (source, item_id, reply_class, code, message, attempts, account, http_status, body, died_at, node, route)
VALUES (:#source, :#itemId, :#replyClass, :#code, :#message, :#attempts, :#account, :#httpStatus, :#body, :#diedAt, :#node, :#route)
