/** Which task needs which, and what the end of a task does to its dependents. */
package io.tasklane.dependency;
