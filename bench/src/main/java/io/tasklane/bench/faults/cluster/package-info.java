/** The system that is broken: real processes, and the network between them. */
package io.tasklane.bench.faults.cluster;
