/** What the three trading queues do, on plain Java: the entry for whoever runs the tasks. */
package io.tasklane.trading;
