/**
 * db-scheduler on the same PostgreSQL, in a process of its own: the nearest durable peer that runs
 * on what we run on. It works in a schema of its own, which is gone afterwards.
 */
package io.tasklane.bench.peer;
