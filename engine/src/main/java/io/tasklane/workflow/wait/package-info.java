/** What workflows wait for, as rows: times and events. */
package io.tasklane.workflow.wait;
