package io.tasklane.api;

import java.time.Instant;

/**
 * Values that PostgreSQL generates while it writes the row of a new task. An answer that is stored
 * by the same statement cannot contain them yet.
 *
 * @param revision of its creation
 * @param createTime by the clock of the database
 */
public record Generated(long revision, Instant createTime) {}
