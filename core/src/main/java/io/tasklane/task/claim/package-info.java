/** Which of the ready tasks of a queue are claimed next. */
package io.tasklane.task.claim;
