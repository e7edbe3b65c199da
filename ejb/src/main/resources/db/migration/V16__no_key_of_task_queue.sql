-- The row of a queue is never removed (a deleted queue's is closed), and who creates tasks holds it.
-- So the key could find nothing, and looking for the row cost a quarter of each task's creation.
ALTER TABLE task DROP CONSTRAINT task_queue_fkey;
