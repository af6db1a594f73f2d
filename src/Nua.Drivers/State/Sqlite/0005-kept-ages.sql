-- When it was made, in milliseconds since 1970; unknown of what is older than this column.
ALTER TABLE kept ADD COLUMN made_at INTEGER;
