-- The effect ledger: what runs did outside, by business identity. token is that of the run that
-- intended it last; only that run may say that it is done.
CREATE TABLE effect (
  key          text COLLATE "C" PRIMARY KEY,
  task         bigint NOT NULL,
  token        bigint NOT NULL,
  state        smallint NOT NULL, -- 1 intended, 2 done
  outcome_type text,
  outcome      bytea,
  change_time  timestamptz NOT NULL
);
CREATE INDEX effect_change_time ON effect (change_time);
