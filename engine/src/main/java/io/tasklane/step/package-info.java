/** Keeps the steps of tasks: results, sleeps and waits for events. */
package io.tasklane.step;
