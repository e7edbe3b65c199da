/** The time limits of tasks and queues. What happens when one is over belongs elsewhere. */
package io.tasklane.timeout;
