INSERT INTO item_attribute (item_id, position, attribute_id, name, value)
VALUES (:#itemId, :#position, :#attributeId, :#name, :#value)
