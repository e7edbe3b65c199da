/** Checks requested tasks and creates them, also as copies of others. */
package io.tasklane.task.create;
