/** What waits for what: the order of tasks that need one another, and what an end brings about. */
package io.tasklane.dependency;
