package io.tasklane.api;

import java.time.Instant;

/**
 * What PostgreSQL generates for a new task while it writes the task's row. An answer that is kept
 * by the same statement cannot hold it yet.
 *
 * @param revision of its creation
 * @param createTime by the clock of the database
 */
public record Generated(long revision, Instant createTime) {}
