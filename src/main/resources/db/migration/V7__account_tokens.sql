-- The tokens of accounts that have a refresh token: one row each, for all nodes. Every time in it is the database's clock.
CREATE TABLE account_token (
  account         VARCHAR(64)   COLLATE utf8mb4_bin NOT NULL,
  configured      VARCHAR(500)  CHARACTER SET ascii NOT NULL COMMENT 'sealed: a hash of the configured key and tokens that the row began with',
  access_token    VARCHAR(4000) CHARACTER SET ascii NULL COMMENT 'sealed',
  refresh_token   VARCHAR(4000) CHARACTER SET ascii NOT NULL COMMENT 'sealed',
  expires_at      DATETIME(3)   NULL COMMENT 'end of the access token; NULL when not known',
  refresh_ends_at DATETIME(3)   NULL COMMENT 'end of the refresh token; NULL when not known',
  refreshed_at    DATETIME(3)   NULL COMMENT 'NULL when the tokens are the configured ones',
  version         BIGINT        NOT NULL DEFAULT 1 COMMENT 'of the tokens: who stores new ones must have used these',
  refresh_at      DATETIME(3)   NOT NULL COMMENT 'when to ask for new ones',
  unusable        BOOLEAN       NOT NULL DEFAULT FALSE COMMENT 'the platform refused a call with the access token, or there is none',
  failures        INT           NOT NULL DEFAULT 0 COMMENT 'to get new ones, in a row',
  claim           CHAR(36)      CHARACTER SET ascii NULL COMMENT 'of the node that asks for new ones',
  claimed_until   DATETIME(3)   NULL COMMENT 'from then on, another node may ask',
  refusal         VARCHAR(400)  NULL COMMENT 'why nobody asks again before the next start of a node',
  PRIMARY KEY (account)
);
