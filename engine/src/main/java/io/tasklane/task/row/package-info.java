/**
 * The row of a task: its columns, its moves as SQL, and how it is read. Commands of other packages
 * share it; none stands here.
 */
package io.tasklane.task.row;
