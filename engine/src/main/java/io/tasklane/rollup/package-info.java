/**
 * Follows the event log and keeps rollups of it: how many tasks arrived, and how long they waited
 * and ran, for each queue, task type and minute. Commands that create, claim and complete tasks
 * know nothing of it.
 */
package io.tasklane.rollup;
