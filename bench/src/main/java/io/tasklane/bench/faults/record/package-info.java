/** What is seen of the system from outside while it is being broken. */
package io.tasklane.bench.faults.record;
