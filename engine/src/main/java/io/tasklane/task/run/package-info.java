/**
 * How a claimed task is run: its handler, its time limit, its cancellation, and what it reports.
 */
package io.tasklane.task.run;
