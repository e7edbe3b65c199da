-- Resources that tasks share across queues. Units are counted from live leases (task_lease) and from
-- starts within the refill period, never kept in counters. Who claims locks the rows it needs, in
-- the order of their keys.
CREATE TABLE resource (
  id               int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name             text COLLATE "C" NOT NULL UNIQUE,
  capacity         int NOT NULL,       -- units that live leases may hold together, 0: no limit
  refill_units     int NOT NULL,       -- units that may be started within a period, 0: no limit
  refill_period_ms bigint NOT NULL,
  version          int NOT NULL DEFAULT 1,
  refill_due       timestamptz         -- when the next start leaves the period, while tasks wait
) WITH (fillfactor = 50);

-- What each unfinished task needs.
CREATE TABLE task_resource (
  task     bigint NOT NULL,
  resource int NOT NULL REFERENCES resource (id),
  units    int NOT NULL,
  PRIMARY KEY (task, resource)
);
CREATE INDEX task_resource_resource ON task_resource (resource, units);

-- Starts within the refill period; older ones go with the next start.
CREATE TABLE resource_start (
  resource int NOT NULL,
  time     timestamptz NOT NULL,
  token    bigint NOT NULL,
  units    int NOT NULL,
  PRIMARY KEY (resource, time, token)
);
