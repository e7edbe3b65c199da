/** Statistics derived from the event log. */
package io.tasklane.monitor;
