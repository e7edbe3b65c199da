/** The task types that come with every queue, for smoke tests, benches and first steps. */
package io.tasklane.task.system;
