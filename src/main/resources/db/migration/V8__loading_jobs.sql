ALTER TABLE job
  ADD COLUMN touched_at DATETIME(3) NULL COMMENT 'the last work on loading its list, by the database''s clock; NULL when an older node loads it';
