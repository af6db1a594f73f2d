-- A domain has one instance; removed ones keep theirs in vain.
CREATE UNIQUE INDEX instance_domain ON instance (domain) WHERE desired IN ('Started', 'Stopped');
