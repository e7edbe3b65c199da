/** Dependencies between tasks: their order, and what the end of a task releases or skips. */
package io.tasklane.dependency;
