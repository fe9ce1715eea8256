-- The record: which ids somebody asked for, what became of each, and the items themselves.
-- All times are UTC. Money is DECIMAL, in the currency of its row.

CREATE TABLE job (
  job_id       BIGINT        NOT NULL AUTO_INCREMENT PRIMARY KEY,
  source       VARCHAR(24)   NOT NULL COMMENT 'the kind of data: item-detail',
  origin       VARCHAR(1000) NOT NULL COMMENT 'where the ids came from: a file name',
  fingerprint  CHAR(32) CHARACTER SET ascii NOT NULL COMMENT 'of the submission, so that an interrupted one is taken up again',
  state        ENUM ('loading', 'open', 'finished') NOT NULL,
  submitted    BIGINT        NOT NULL DEFAULT 0 COMMENT 'entries in the list',
  invalid      BIGINT        NOT NULL DEFAULT 0 COMMENT 'entries that are no item id',
  accepted     BIGINT        NOT NULL DEFAULT 0 COMMENT 'different ids: rows in job_task',
  started_at   DATETIME(3)   NOT NULL,
  finished_at  DATETIME(3)   NULL,
  KEY state (state)
);

CREATE TABLE job_task (
  job_id     BIGINT      NOT NULL,
  item_id    BIGINT      NOT NULL,
  source     VARCHAR(24) CHARACTER SET ascii NOT NULL,
  state      ENUM ('open', 'succeeded', 'gone', 'dead', 'cancelled') NOT NULL DEFAULT 'open',
  calls      INT         NOT NULL DEFAULT 0 COMMENT 'calls made to the platform',
  refused    INT         NOT NULL DEFAULT 0 COMMENT 'of these, refused for being too many',
  account    VARCHAR(64) NULL COMMENT 'that made the last call',
  code       VARCHAR(80) NULL COMMENT 'the class and the platform''s code of the last call, unless it succeeded',
  closed_at  DATETIME(3) NULL,
  PRIMARY KEY (job_id, item_id),
  KEY item (item_id),
  KEY job_state (job_id, state)
);

CREATE TABLE seller (
  seller_id      VARCHAR(100) COLLATE utf8mb4_bin NOT NULL PRIMARY KEY COMMENT 'in open ids, upper and lower case differ',
  login_id       VARCHAR(200) NULL,
  company_name   VARCHAR(300) NULL,
  fetched_at     DATETIME(3)  NOT NULL,
  first_seen_at  DATETIME(3)  NOT NULL
);

CREATE TABLE item (
  item_id              BIGINT         NOT NULL PRIMARY KEY,
  title                VARCHAR(500)   NULL,
  category_id          BIGINT         NULL,
  category_name        VARCHAR(200)   NULL,
  seller_id            VARCHAR(100)   COLLATE utf8mb4_bin NULL,
  status               VARCHAR(40)    NOT NULL COMMENT 'published, or another word of the platform, or gone',
  price_min            DECIMAL(16, 4) NULL,
  price_max            DECIMAL(16, 4) NULL,
  min_order_quantity   INT            NULL,
  stock                BIGINT         NULL,
  unit                 VARCHAR(40)    NULL,
  currency             CHAR(3) CHARACTER SET ascii NOT NULL,
  image_count          INT            NOT NULL,
  sku_count            INT            NOT NULL,
  listed_at            DATETIME(3)    NULL COMMENT 'by the seller, says the platform',
  modified_at          DATETIME(3)    NULL COMMENT 'by the seller, says the platform',
  content_hash         CHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'of all normalised fields',
  parts_hash           CHAR(64) CHARACTER SET ascii NULL COMMENT 'the content whose skus, tiers, images and attributes are stored',
  raw_hash             CHAR(64) CHARACTER SET ascii NOT NULL COMMENT 'of the raw reply, as in MongoDB',
  fetched_at           DATETIME(3)    NOT NULL COMMENT 'of the newest reply: an older one changes nothing',
  first_seen_at        DATETIME(3)    NOT NULL,
  last_seen_at         DATETIME(3)    NOT NULL COMMENT 'when the platform last showed it',
  updated_at           DATETIME(3)    NOT NULL COMMENT 'when its content last changed here',
  KEY seller (seller_id),
  KEY category (category_id),
  KEY updated (updated_at)
);

CREATE TABLE item_sku (
  item_id     BIGINT         NOT NULL,
  position    INT            NOT NULL,
  sku_id      BIGINT         NOT NULL,
  spec_id     VARCHAR(64)    NULL,
  code        VARCHAR(200)   NULL COMMENT 'the seller''s own',
  price       DECIMAL(16, 4) NULL,
  stock       BIGINT         NULL,
  attributes  VARCHAR(2000)  NULL COMMENT 'as 颜色=红色; 尺码=S',
  image_url   VARCHAR(500)   NULL,
  PRIMARY KEY (item_id, position)
);

CREATE TABLE item_price_tier (
  item_id          BIGINT         NOT NULL,
  start_quantity   INT            NOT NULL,
  price            DECIMAL(16, 4) NULL,
  promotion_price  DECIMAL(16, 4) NULL,
  PRIMARY KEY (item_id, start_quantity)
);

CREATE TABLE item_image (
  item_id   BIGINT       NOT NULL,
  position  INT          NOT NULL,
  url       VARCHAR(500) NOT NULL,
  PRIMARY KEY (item_id, position)
);

CREATE TABLE item_attribute (
  item_id       BIGINT        NOT NULL,
  position      INT           NOT NULL,
  attribute_id  BIGINT        NULL,
  name          VARCHAR(200)  NULL,
  value         VARCHAR(1000) NULL,
  PRIMARY KEY (item_id, position)
);

CREATE TABLE dead_letter (
  dead_letter_id  BIGINT       NOT NULL AUTO_INCREMENT PRIMARY KEY,
  source          VARCHAR(24)  NOT NULL,
  item_id         BIGINT       NOT NULL,
  reply_class     VARCHAR(24)  NOT NULL,
  code            VARCHAR(80)  NULL,
  message         VARCHAR(1000) NULL,
  attempts        INT          NOT NULL,
  account         VARCHAR(64)  NULL,
  http_status     INT          NULL,
  body            MEDIUMBLOB   NULL COMMENT 'the last reply, at most 64 KiB of it',
  died_at         DATETIME(3)  NOT NULL,
  KEY item (item_id)
);

-- The columns that readers of the first articles about this kind of collector know.
CREATE VIEW item_detail AS
SELECT item.item_id,
       item.title,
       item.price_min                               AS price,
       item.category_id,
       COALESCE(seller.login_id, item.seller_id)    AS seller_nick,
       item.first_seen_at                           AS create_time,
       item.updated_at                              AS update_time
FROM item LEFT JOIN seller ON seller.seller_id = item.seller_id;
