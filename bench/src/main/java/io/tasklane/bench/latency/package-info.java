/** The scenario that measures the time from submitting a task to its start and its result. */
package io.tasklane.bench.latency;
