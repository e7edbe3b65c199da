/** What is broken, when, and how; drawn from a seed. */
package io.tasklane.bench.faults.fault;
