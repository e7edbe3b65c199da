-- The row of a queue is never removed (a deleted queue's is closed), and who creates tasks holds it.
-- So the key could find nothing, and it looked the row up once more for each task created.
ALTER TABLE task DROP CONSTRAINT task_queue_fkey;
