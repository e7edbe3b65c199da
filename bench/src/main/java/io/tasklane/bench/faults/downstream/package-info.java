/** The system outside that handlers have their effects on, and that fences them by their tokens. */
package io.tasklane.bench.faults.downstream;
