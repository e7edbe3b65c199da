/** Task types as they are registered, and which of two definitions of one type holds. */
package io.tasklane.tasktype;
