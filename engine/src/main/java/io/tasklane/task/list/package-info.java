/** Lists tasks and their attempts at a cost that does not grow with the table. */
package io.tasklane.task.list;
