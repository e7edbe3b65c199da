-- Schedules. What is due next is a row of schedule_due; whoever takes it locks the schedule, decides
-- what is due, and writes the runs, their tasks and how far the schedule has come in one transaction.
CREATE TABLE schedule (
  id                 bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name               text COLLATE "C" NOT NULL UNIQUE,
  trigger            text NOT NULL,          -- JSON, see io.tasklane.schedule.TriggerJson
  calendar           text COLLATE "C",       -- name of the calendar that the trigger goes by
  overlap            smallint NOT NULL,
  dst                smallint NOT NULL,
  catch_up_ms        bigint NOT NULL,
  jitter_ms          bigint NOT NULL,
  start_time         timestamptz,
  end_time           timestamptz,
  task               text NOT NULL,          -- JSON, see io.tasklane.schedule.TaskJson
  queue              text COLLATE "C" NOT NULL,
  task_type          text COLLATE "C" NOT NULL,
  disable_on_failure boolean NOT NULL,
  looks_at_ends      boolean NOT NULL,       -- whether the end of a run may decide something
  disabled           boolean NOT NULL,
  enable_principal   text,
  enable_reason      text,
  disable_principal  text,
  disable_reason     text,
  version            int NOT NULL DEFAULT 1, -- of what clients change
  create_time        timestamptz NOT NULL,
  seen_until         timestamptz NOT NULL,   -- all due times up to this one are decided
  buffered           timestamptz,            -- scheduled time of the one that waits for an end
  anchor             timestamptz NOT NULL,   -- end of the last run, or the creation
  run_count          bigint NOT NULL DEFAULT 0,
  overlap_count      bigint NOT NULL DEFAULT 0,
  closed_count       bigint NOT NULL DEFAULT 0,
  missed_count       bigint NOT NULL DEFAULT 0,
  error              text NOT NULL DEFAULT ''
) WITH (fillfactor = 50);
CREATE INDEX schedule_calendar ON schedule (calendar) WHERE calendar IS NOT NULL;

-- When to look at a schedule. A row too many costs one look.
CREATE TABLE schedule_due (
  due      timestamptz NOT NULL,
  schedule bigint NOT NULL,
  PRIMARY KEY (due, schedule)
);

-- What ran. The key is what makes a firing one and the same on every node.
CREATE TABLE schedule_run (
  schedule       bigint NOT NULL REFERENCES schedule (id),
  scheduled_time timestamptz NOT NULL,
  cause          smallint NOT NULL,
  outcome        smallint NOT NULL,
  start_time     timestamptz,
  task           bigint,                     -- key of the task, which may be gone
  task_name      text COLLATE "C" NOT NULL,
  explanation    text NOT NULL,
  end_time       timestamptz,
  end_state      smallint,
  seen           boolean NOT NULL,           -- whether the schedule has taken note of its end
  PRIMARY KEY (schedule, scheduled_time)
) WITH (fillfactor = 70);
CREATE INDEX schedule_run_unseen ON schedule_run (schedule) WHERE NOT seen;
CREATE INDEX schedule_run_task ON schedule_run (task) WHERE end_time IS NULL AND task IS NOT NULL;

-- Some of what did not run: the counts of the schedule have all.
CREATE TABLE schedule_skip (
  schedule       bigint NOT NULL REFERENCES schedule (id),
  scheduled_time timestamptz NOT NULL,
  outcome        smallint NOT NULL,
  explanation    text NOT NULL,
  PRIMARY KEY (schedule, scheduled_time)
);

-- Calendars of users, and changed copies of those that come with the server.
CREATE TABLE calendar (
  name    text COLLATE "C" PRIMARY KEY,
  content text NOT NULL,                     -- see io.tasklane.schedule.calendar.CalendarFile
  version int NOT NULL
);
