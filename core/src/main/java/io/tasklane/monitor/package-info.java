/** Figures folded from the event log. */
package io.tasklane.monitor;
