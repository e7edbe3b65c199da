-- Batch operations: one thing done to everything that a filter finds.

-- Whoever makes a step holds the row, and writes the counts in the transaction of the step; so no
-- two nodes do one target. done + refused: the place of the next target. next_time: when the next
-- step may begin. step_time: when the last target was tried. delay: why none could be tried since.
-- Names begin with the time, so their order is that of the starts.
CREATE TABLE batch_operation (
  name                text COLLATE "C" PRIMARY KEY,
  kind                smallint NOT NULL,
  filter              text NOT NULL,
  priority            smallint,
  force               boolean NOT NULL,
  ignore_dependencies boolean NOT NULL,
  per_second          int NOT NULL CHECK (per_second >= 1),
  principal           text NOT NULL,
  reason              text NOT NULL,
  state               smallint NOT NULL,
  matched             int NOT NULL,
  done                int NOT NULL DEFAULT 0,
  refused             int NOT NULL DEFAULT 0,
  delay               text NOT NULL DEFAULT '',
  failure             text NOT NULL DEFAULT '',
  stop_principal      text,
  stop_reason         text,
  create_time         timestamptz NOT NULL DEFAULT clock_timestamp(),
  step_time           timestamptz NOT NULL DEFAULT clock_timestamp(),
  next_time           timestamptz NOT NULL DEFAULT clock_timestamp(),
  end_time            timestamptz
) WITH (fillfactor = 50);
CREATE INDEX batch_operation_due ON batch_operation (next_time) WHERE state = 1;
CREATE INDEX batch_operation_ended ON batch_operation (end_time) WHERE end_time IS NOT NULL;

-- The targets, a hundred in each row: their ids, separated by spaces. Written before the batch
-- operation, whose name they have; removed as they are done.
CREATE TABLE batch_piece (
  batch       text COLLATE "C" NOT NULL,
  number      int NOT NULL,
  targets     text NOT NULL,
  create_time timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (batch, number)
);

-- Targets that were refused.
CREATE TABLE batch_refusal (
  batch    text COLLATE "C" NOT NULL,
  position int NOT NULL,
  target   text NOT NULL,
  reason   text NOT NULL,
  message  text NOT NULL,
  PRIMARY KEY (batch, position)
);

ALTER TABLE cleanup_run ADD COLUMN batch_operations bigint NOT NULL DEFAULT 0;
