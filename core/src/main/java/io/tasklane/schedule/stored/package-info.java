/**
 * Schedules as they are kept: what a client asked for, with calendars by their names, how far each
 * has come, and what has become of its due times. What is due is decided by {@code firing}.
 */
package io.tasklane.schedule.stored;
