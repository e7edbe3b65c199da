-- Large bodies kept outside: what they are, which tasks name them, and objects that nothing refers
-- to.

CREATE TABLE artifact (
  sha256           text COLLATE "C" PRIMARY KEY,
  size_bytes       bigint NOT NULL,
  content_type     text NOT NULL,
  object_key       text NOT NULL, -- in the storage; another one each time the same bytes come back
  create_principal text NOT NULL,
  create_time      timestamptz NOT NULL,
  expire_time      timestamptz NOT NULL -- removed then, if no task names it
);
CREATE INDEX artifact_expire ON artifact (expire_time);

-- A task names at most one artifact as its input and one as its result. Written in the command that
-- writes the task. The reference locks the artifact's row against its removal (FOR KEY SHARE).
CREATE TABLE artifact_use (
  task        bigint NOT NULL,
  role        smallint NOT NULL, -- 1 input, 2 result
  artifact    text COLLATE "C" NOT NULL REFERENCES artifact (sha256),
  create_time timestamptz NOT NULL,
  PRIMARY KEY (task, role)
);
CREATE INDEX artifact_use_artifact ON artifact_use (artifact);

-- Objects that no artifact has: written down before an object is stored, removed when its artifact
-- is written, written down again when that is removed.
CREATE TABLE artifact_leftover (
  object_key text COLLATE "C" PRIMARY KEY,
  due        timestamptz NOT NULL, -- may be removed from then on
  removing   boolean NOT NULL      -- no artifact may take it any more
);
CREATE INDEX artifact_leftover_due ON artifact_leftover (due);
