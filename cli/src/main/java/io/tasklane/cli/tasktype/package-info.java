/** {@code tasklane task-type}: registers, shows and deletes task types. */
package io.tasklane.cli.tasktype;
