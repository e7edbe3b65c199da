/** Statistics of the queues, and the health of the components. */
package io.tasklane.monitor;
