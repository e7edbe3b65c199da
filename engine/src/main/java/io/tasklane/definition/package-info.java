/** What clients define, as rows have it: workflows, and the tasks in them. */
package io.tasklane.definition;
