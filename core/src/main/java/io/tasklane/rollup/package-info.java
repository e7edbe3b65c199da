/**
 * Rollups: how many tasks arrived in each minute, and how long they waited and ran, counted from
 * the event log for each queue and task type. What predicts from these counts is in {@link
 * io.tasklane.forecast}.
 */
package io.tasklane.rollup;
