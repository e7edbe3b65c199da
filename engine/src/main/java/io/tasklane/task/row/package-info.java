/**
 * The row of a task: its columns, its moves as SQL, and how it is read. Commands of other packages
 * share it; this package has none.
 */
package io.tasklane.task.row;
