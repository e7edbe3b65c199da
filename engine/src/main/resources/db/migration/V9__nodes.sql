-- The very file that a node holds locked, by device and inode: two containers of one machine may
-- have different files at the same path.
ALTER TABLE node_lease ADD COLUMN lock_id text NOT NULL DEFAULT '';
