-- A paused instance keeps its domain, too.
DROP INDEX instance_domain;
CREATE UNIQUE INDEX instance_domain ON instance (domain) WHERE desired IN ('Started', 'Stopped', 'Paused');
