/**
 * The scenario that measures how rates and memory change with the number of queues, waiting tasks,
 * nodes or subscribers: one load for each of them.
 */
package io.tasklane.bench.growth;
