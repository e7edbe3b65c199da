/** The rows of tasks: the only package that writes them. */
package io.tasklane.task.store;
