-- What trading handlers remember between tasks, fenced by the token of the run that wrote it.
CREATE TABLE trading_state (
  key           text COLLATE "C" PRIMARY KEY,
  value         text NOT NULL,
  fencing_token bigint NOT NULL,
  update_time   timestamptz NOT NULL
);
