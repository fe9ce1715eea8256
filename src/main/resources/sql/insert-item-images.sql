INSERT INTO item_image (item_id, position, url)
VALUES (:#itemId, :#position, :#url)
