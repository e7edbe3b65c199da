/** What messages of other systems mean: the fields of a task, and the spellings of neighbours. */
package io.tasklane.ingress.format;
