/**
 * What the machine does without us, measured in the run of a scenario on the same PostgreSQL and
 * the same broker: no figure of ours can exceed it for long.
 */
package io.tasklane.bench.raw;
