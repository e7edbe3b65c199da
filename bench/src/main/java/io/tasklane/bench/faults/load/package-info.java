/** Those who use the system while it is broken: they create, cancel, follow and read tasks. */
package io.tasklane.bench.faults.load;
